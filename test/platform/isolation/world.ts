import type { Response } from 'supertest';
import { allResources } from '../../../src/platform/contract/resources.js';
import type { TestProgram } from '../../harness/program.js';
import { Rows } from '../../harness/rows.js';
import type { Document } from './document.js';

/** Stands in every text of the owner, and so must stand in no answer to anybody else. */
export const CANARY = 'CANARY';
export const EXTERNAL = { source: 'crm', externalId: 'owners-17' };

/** One row of everything in the owner's account, by the plural that addresses it. */
export interface World {
  readonly ids: ReadonlyMap<string, string>;
  /** A cursor of each list. */
  readonly cursors: ReadonlyMap<string, string>;
}

type Body = Record<string, unknown>;

/** What rows are made with: the program in this process, or one that runs elsewhere. */
export interface Reach {
  ask(
    method: 'get' | 'post' | 'put',
    path: string,
    asked?: { body?: object },
  ): PromiseLike<Pick<Response, 'status' | 'body'>>;
  readonly pool: TestProgram['pool'];
}

/** How a resource is made over REST: its plural, and the example of the document. */
interface Creation {
  readonly plural: string;
  /** Is it made under a name of another system? Then its name is one of the owner's secrets too. */
  readonly named: boolean;
  readonly example: Body;
}

/** Makes a row of every resource that the document offers: as a caller would where one can, else as the worker would. */
export async function ownersWorld(program: Reach, document: Document): Promise<World> {
  const ids = new Map<string, string>();
  let waiting = creationsOf(document);
  while (waiting.length > 0) {
    const ready = waiting.filter(({ example }) => linksOf(example).every((plural) => ids.has(plural)));
    if (ready.length === 0)
      throw new Error(`Nothing makes what these point at: ${waiting.map(({ plural }) => plural)}`);
    for (const creation of ready) ids.set(creation.plural, await made(program, creation, ids));
    waiting = waiting.filter(({ plural }) => !ids.has(plural));
  }
  for (const plural of listsOf(document)) if (!ids.has(plural)) ids.set(plural, await found(program, plural));
  return { ids, cursors: await cursorsOf(program, [...ids.keys()]) };
}

function creationsOf({ paths, components }: Document): Creation[] {
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const [, plural = ''] = /^\/v1\/(\w+)$/.exec(path) ?? [];
    const content = post?.requestBody?.content['application/json'];
    // Accounts are the operator's to make, not the owner's.
    if (!plural || plural === 'accounts' || !content || !post?.operationId.startsWith('create')) return [];
    const name = content.schema.$ref?.split('/').at(-1) ?? '';
    const example = components.examples[name]?.value as Body;
    const subject = 'subjectId' in (components.schemas[name]?.properties ?? {});
    const about = subject ? { subjectType: 'contact', subjectId: null } : {};
    return [{ plural, named: `${path}/by/{source}/{externalId}` in paths, example: { ...example, ...about } }];
  });
}

function listsOf({ paths }: Document): string[] {
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const [, plural = ''] = /^\/v1\/(\w+)$/.exec(path) ?? [];
    return plural && `${path}/{id}` in paths && get?.operationId.startsWith('list') ? [plural] : [];
  });
}

/** What a body points at, by the plurals of the resources. */
function linksOf(body: Body): string[] {
  return Object.keys(body).flatMap((name) => pluralOf(name) ?? []);
}

function pluralOf(name: string): string | null {
  if (name === 'subjectId') return 'contacts';
  return /Ids?$/.test(name) ? `${name.replace(/Ids?$/, '')}s` : null;
}

/** Says the canary wherever the program takes it, and the example where a rule wants another text. */
async function made(program: Reach, { plural, named, example }: Creation, ids: World['ids']): Promise<string> {
  const linked = Object.entries(example).map(([name, value]) => {
    const id = ids.get(pluralOf(name) ?? '');
    return [name, id === undefined ? value : Array.isArray(value) ? [id] : id] as const;
  });
  const plain = Object.fromEntries(linked) as Body;
  const path = `/v1/${plural}${named ? `/by/${EXTERNAL.source}/${EXTERNAL.externalId}` : ''}`;
  const send = (body: Body) => program.ask(named ? 'put' : 'post', path, { body });
  const refused = new Set<string>();
  for (;;) {
    const { body, status } = await send(marked(plain, refused));
    if (status === 201) return body.id;
    const pointers = ((body.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer.split('/')[1] ?? '');
    if (status !== 422 || pointers.every((name) => refused.has(name)))
      throw new Error(`${path}: ${JSON.stringify(body)}`);
    for (const name of pointers) refused.add(name);
  }
}

/** A body with the canary in each of its texts, but in those that were refused and in links. */
function marked(body: Body, refused: ReadonlySet<string>): Body {
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => {
    const kept = refused.has(name) || pluralOf(name) !== null || name === 'subjectType';
    return [name, kept ? value : canaryIn(value)];
  });
  return Object.fromEntries(entries);
}

function canaryIn(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('https://') ? `${value}/${CANARY}` : CANARY;
  if (Array.isArray(value)) return value.map((item) => canaryIn(item));
  return typeof value === 'object' && value !== null ? marked(value as Body, new Set()) : value;
}

/** The row of a resource that nobody makes by a request: one that is there by now, else one made by its recipe. */
async function found(program: Reach, plural: string): Promise<string> {
  const { body } = await program.ask('get', `/v1/${plural}?first=1`);
  if (body.data.length > 0) return body.data[0].id;
  const { body: account } = await program.ask('get', '/v1/account');
  const resource = allResources().find((one) => one.plural === plural);
  if (!resource) throw new Error(`No resource is called ${plural}.`);
  const rows = new Rows(program.pool, account.id, CANARY);
  await rows.make(resource.type, 1);
  const [id = ''] = await rows.idsOf(resource.type);
  return id;
}

async function cursorsOf(program: Reach, plurals: readonly string[]): Promise<Map<string, string>> {
  const cursors = new Map<string, string>();
  for (const plural of plurals) {
    const { body } = await program.ask('get', `/v1/${plural}?first=1`);
    cursors.set(plural, body.page.endCursor);
  }
  return cursors;
}

/** Tables whose rows belong to an account. */
async function ownedTables({ pool }: TestProgram): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'account_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Everything that an account has, as one text. */
export async function everythingOf(program: TestProgram, accountId: string): Promise<string> {
  const texts: string[] = [];
  for (const table of await ownedTables(program)) {
    const { rows } = await program.pool.query<{ text: string | null }>(
      `select string_agg(t::text, chr(10) order by t::text) as text from ${table} t where account_id = $1`,
      [accountId],
    );
    texts.push(`${table}\n${rows[0]?.text ?? ''}`);
  }
  return texts.join('\n');
}
