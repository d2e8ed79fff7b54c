import { Docs } from '../../../src/platform/http/docs.js';
import { insertDigest } from '../../harness/digests.js';
import { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';
import { openPrism } from './prism.js';
import type { Prism } from './prism.js';
import { CSV, FILES } from './response-files.js';
import { some } from '../../harness/size.js';

type Body = Record<string, unknown>;

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly mediaType: string | null;
  readonly example: unknown;
}

interface Described {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Record<string, { readonly examples?: Record<string, { $ref: string }> }> };
}

interface Document {
  readonly paths: Record<string, Record<string, Described>>;
  readonly components: { readonly examples: Record<string, { readonly value: unknown }> };
}

/** Prism compiles the schemas of each operation: a minute for all of them, and several beside tests that need both cores. */
const LONGEST_MS = 480_000;
/** Where nobody listens, so that what is sent there fails at once. */
const NOBODY = '127.0.0.1:1';
/** What an example cannot know: the ids of this very account, and an endpoint that is nobody's. */
const OWN: Readonly<Record<string, () => unknown>> = {
  contactId: () => ids.get('contacts'),
  contactIds: () => [ids.get('contacts')],
  circleId: () => ids.get('circles'),
  interviewId: () => ids.get('interviews'),
  url: () => `http://${NOBODY}/hook`,
  targetUrl: () => `http://${NOBODY}/hook`,
};
/** Whom a merge brings together, and parts again: another contact than everything else is about. And other names, where no two may have the same. */
const ELSE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mergeContacts: { contactId: 'others' },
  mergeTags: { tagId: 'otherTags' },
  putSavedFilterByExternalId: { name: 'others' },
  updateSavedFilter: { name: 'circles' },
  dismissDuplicate: { firstId: 'others', secondId: 'contacts' },
};
const ABOUT: Readonly<Record<string, string>> = { unmergeContact: 'others' };
/** Tags of the examples, and one that says the same. */
const TAGS = ['berlin', 'ts', 'typescript'];
/** A file goes only into an empty account. The example of a batch names the contact and the circle of the one before it, and a contact is in a circle once. A saved filter has a name of its own. */
const AGAIN: Readonly<Record<string, string>> = {
  batchMemberships: 'already_exists',
  batchSavedFilters: 'already_exists',
  importAccount: 'conflict',
};
/** What a read must be asked, which is one of two parameters. */
const ASKED: Readonly<Record<string, string>> = { getIntroductions: '?company=Acme' };
/** What a worker must have done before a verb can follow. */
const BEFORE: Readonly<Record<string, string>> = { applyImport: 'previewed', revertImport: 'applied' };
/** The order of a life: what others hang on comes first, and the end comes last. */
const ORDER = ['post', 'put', 'get', 'patch', 'delete'];
const FIRST = ['contacts', 'circles', 'interviews', 'reminders', 'webhooks', 'recruiters', 'inbound'];
const PAUSING = ['/pause', '/resumption'];
/** These end what others still need, or bring back what was ended. */
const LAST = ['/revocation', '/restoration', '/erasure'];

let program: TestProgram;
let prism: Prism;
let operations: readonly Operation[] = [];
const ids = new Map<string, unknown>();

beforeAll(async () => {
  program = await TestProgram.start({ env: { WEBHOOK_ALLOWED_HOSTS: NOBODY, ROLES: 'api,worker' } });
  ids.set('digests', await insertDigest(program.pool, 'Write to Ada'));
  ids.set('failures', await insertFailure());
  const { body: other } = await program.ask('post', '/v1/contacts', { body: { name: 'Another' } });
  ids.set('others', (other as Body).id);
  await program.ask('post', '/v1/contacts', { body: { name: 'Tagged', tags: TAGS } });
  const { body: tags } = await program.ask('get', '/v1/tags?sort=name');
  const [, ts, typescript] = (tags as { data: Body[] }).data;
  ids.set('tags', typescript?.id);
  ids.set('otherTags', ts?.id);
  ids.set('erasures', await insertDone('erasures', 'reason', 'trash'));
  ids.set('transfers', await insertDone('transfers', 'state', 'applied'));
  const document = JSON.parse(JSON.stringify(program.app.get(Docs).document)) as Document;
  prism = await openPrism(document, program.address);
  operations = operationsOf(document);
});
afterAll(async () => {
  await prism?.close();
  await program?.pool.query('delete from failures');
  await program?.stop();
});

/** Something that was set aside, which no request does, and that nobody tries again meanwhile. */
async function insertFailure(): Promise<unknown> {
  const { rows } = await program.pool.query<{ id: string }>(
    `insert into failures (account_id, id, created_at, updated_at, job, subject_type, subject_id, reason, next_try_at)
     select id, new_id(), now(), now(), 'fan out', 'event', new_id(), 'It took too long.', now() + interval '1 day' from accounts limit 1 returning id`,
  );
  return rows[0]?.id;
}

/** What is left of something that no request makes here. */
async function insertDone(table: string, column: string, word: string): Promise<unknown> {
  const { rows } = await program.pool.query<{ id: string }>(
    `insert into ${table} (account_id, id, created_at, updated_at, ${column})
     select id, new_id(), now(), now(), $1 from accounts limit 1 returning id`,
    [word],
  );
  return rows[0]?.id;
}

function operationsOf({ paths, components }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([method, { operationId, requestBody }]) => {
      const [mediaType = null, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const [example] = Object.values(media?.examples ?? {});
      const value = example ? components.examples[example.$ref.split('/').at(-1) ?? '']?.value : undefined;
      return { id: operationId, method, path, mediaType, example: value };
    }),
  );
}

interface Answer {
  readonly status: number;
  readonly body: Body | null;
}

/** Asks through Prism. @throws Error with what Prism found in the request or in the answer. */
async function ask({ id, method, path, mediaType, example }: Operation, through = prism.address): Promise<Answer> {
  const [, , plural = ''] = path.split('/');
  const address = path
    .replace('{id}', String(ids.get(ABOUT[id] ?? plural)))
    .replace('{event}', 'contact.created')
    .replace('{source}', 'crm')
    .replace('{externalId}', '42');
  const isFile = mediaType?.startsWith('text/') ?? false;
  const body = isFile
    ? (FILES[id] ?? CSV)
    : mediaType
      ? JSON.stringify({ ...(substituted(example ?? {}) as Body), ...elseIn(id) })
      : null;
  const options = isFile && id !== 'proposeMapping' ? '?preview=true' : (ASKED[id] ?? '');
  const response = await fetch(`${through}${address}${options}`, {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${program.key}`, ...(mediaType ? { 'content-type': mediaType } : {}) },
    ...(body === null ? {} : { body }),
  });
  const text = await response.text();
  const violations = response.headers.get('sl-violations') ?? '';
  if (violations || text.includes('stoplight.io/prism'))
    throw new Error(`${id}: ${violations} ${text.slice(0, 1_500)}`);
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: text === '' || !isJson ? null : (JSON.parse(text) as Body) };
}

function elseIn(operation: string): Body {
  return Object.fromEntries(Object.entries(ELSE[operation] ?? {}).map(([name, row]) => [name, ids.get(row)]));
}

function substituted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, OWN[name]?.() ?? substituted(inner)]));
}

function inOrder(): Operation[] {
  const rank = ({ method, path }: Operation): number => {
    const pausing = PAUSING.findIndex((ending) => path.endsWith(ending));
    if (pausing >= 0) return ORDER.indexOf('patch') * 100 + 90 + pausing;
    const late = LAST.findIndex((ending) => path.endsWith(ending));
    if (late >= 0) return 1_000 + late;
    const found = FIRST.indexOf(path.split('/')[2] ?? '');
    const place = found < 0 ? FIRST.length : found;
    const turn = ORDER.indexOf(method) * 100;
    return method === 'delete' ? turn - place : turn + (path.includes('{id}') ? 50 : 0) + place;
  };
  return [...operations].sort((a, b) => rank(a) - rank(b));
}

/** Rows that come of themselves, and not by a request. */
async function appear(plural: string): Promise<void> {
  await until(`some ${plural} appear`, async () => {
    const headers = { authorization: `Bearer ${program.key}` };
    const page = (await (await fetch(`${program.address}/v1/${plural}`, { headers })).json()) as { data: Body[] };
    ids.set(plural, page.data[0]?.id);
    return page.data.length > 0;
  });
}

/** Waits until a worker has brought a resource to a state. */
async function reached(plural: string, state: string): Promise<void> {
  await until(`one of ${plural} is ${state}`, async () => {
    const headers = { authorization: `Bearer ${program.key}` };
    const answer = await fetch(`${program.address}/v1/${plural}/${String(ids.get(plural))}`, { headers });
    return ((await answer.json()) as Body).state === state;
  });
}

describe('Prism, between a caller and the program', () => {
  it(
    'finds nothing wrong in one request and one answer of every operation, made of the document’s own examples',
    async () => {
      const refused: string[] = [];
      const judged = new Set(some(operations, 4));
      for (const operation of inOrder()) {
        const [, , plural = ''] = operation.path.split('/');
        if (
          ['occurrences', 'deliveries', 'importRows', 'contactMerges', 'messages', 'checkBacks'].includes(plural) &&
          !ids.has(plural)
        )
          await appear(plural);
        if (BEFORE[operation.id]) await reached(plural, BEFORE[operation.id] ?? '');
        const { status, body } = await ask(operation, judged.has(operation) ? prism.address : program.address);
        const isTold = AGAIN[operation.id] === undefined ? status < 400 : AGAIN[operation.id] === body?.code;
        if (!isTold) refused.push(`${operation.id} ${status} ${String(body?.code)} ${String(body?.detail)}`);
        const makes =
          operation.path === `/v1/${plural}` || (operation.mediaType?.startsWith('text/') && body?.state !== undefined);
        const isPut = operation.method === 'put';
        if (((operation.method === 'post' && makes) || isPut) && body) ids.set(plural, body.id);
      }
      expect(refused).toEqual([]);
    },
    LONGEST_MS,
  );

  it('finds nothing wrong in refusals either', async () => {
    const create = operations.find(({ id }) => id === 'createContact');
    const read = operations.find(({ id }) => id === 'getContact');
    if (!create || !read) throw new Error('contacts are gone');
    ids.set('contacts', '01890000-0000-7000-8000-000000000000');
    expect((await ask(read)).status).toBe(404);
    expect((await ask({ ...create, example: { name: 'x'.repeat(200), timeZone: 'Nowhere/Land' } })).status).toBe(422);
  });

  it('would say so', async () => {
    const create = operations.find(({ id }) => id === 'createContact');
    if (!create) throw new Error('createContact is gone');
    await expect(ask({ ...create, example: { nam: 'Ada' } })).rejects.toThrow(/name/);
  });
});
