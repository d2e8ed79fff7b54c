import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { migrations } from '../../../../src/app/data-source.js';
import { InstallationService } from '../../../../src/features/accounts/installation.service.js';
import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';
import { newId } from '../../../../src/kit/ids.js';
import { profileUrl } from '../../../../src/kit/profile-slug.js';
import { connect, dataSource, migrate } from '../../../../src/platform/database/source.js';
import { freshDatabase } from '../../../harness/databases.js';
import type { TestDatabase } from '../../../harness/databases.js';
import { faceOf, faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { HEADER, Importing } from './importing.js';

type Body = Record<string, unknown>;

const STATES = [
  'reading',
  'previewing',
  'previewed',
  'applying',
  'applied',
  'reverting',
  'reverted',
  'failed',
] as const;
type State = (typeof STATES)[number];

/** A person as a file told of one: an address and a profile, one of them, or none. */
interface Person {
  readonly givenName: string;
  readonly familyName: State;
  readonly email: string | null;
  readonly slug: string | null;
}

const personsOf = (state: State): Person[] => [
  { givenName: 'Both', familyName: state, email: `both@${state}.example`, slug: `both-${state}` },
  { givenName: 'Mail', familyName: state, email: `mail@${state}.example`, slug: null },
  { givenName: 'Link', familyName: state, email: null, slug: `link-ü-${state}` },
  { givenName: 'None', familyName: state, email: null, slug: null },
];
const nameOf = ({ givenName, familyName }: Person): string => `${givenName} ${familyName}`;
const lineOf = ({ givenName, familyName, email, slug }: Person): string =>
  `${givenName},${familyName},${slug === null ? '' : profileUrl(slug)},${email ?? ''},,,10 Dec 2025`;
const fileOf = (state: State): string => `${HEADER}\n${personsOf(state).map(lineOf).join('\n')}\n`;

/** Without a profile, the name and the day tell persons apart. */
function externalIdOf({ givenName, familyName, slug }: Person): string {
  const words = `${givenName}\n${familyName}\n10 Dec 2025`.toLowerCase();
  return slug === null
    ? `name:${createHash('sha256').update(words).digest('hex')}`
    : `https://www.linkedin.com/in/${slug}`;
}

/** How far each of the rows came, by the state of the import. */
const OUTCOMES: Readonly<Record<State, readonly string[]>> = {
  reading: [],
  previewing: ['created', 'created', 'waiting', 'waiting'],
  previewed: ['created', 'created', 'created', 'created'],
  applying: ['created', 'created', 'waiting', 'waiting'],
  applied: ['created', 'created', 'created', 'created'],
  reverting: ['reverted', 'created', 'created', 'created'],
  reverted: ['reverted', 'reverted', 'kept', 'reverted'],
  failed: [],
};
const WRITTEN: readonly State[] = ['applying', 'applied', 'reverting', 'reverted'];
const UNDONE: readonly State[] = ['reading', 'previewing', 'applying', 'reverting'];
const AT_FIRST = new Date('2026-01-05T10:00:00Z');

let old: Pool;

async function insert(account: string, table: string, values: Body, isDated = true): Promise<void> {
  const dated = isDated ? { created_at: AT_FIRST, updated_at: AT_FIRST } : {};
  const row = { account_id: account, ...dated, ...values };
  const places = Object.keys(row).map((_, n) => `$${n + 1}`);
  const text = `insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`;
  await old.query(text, Object.values(row));
}

/** A contact as the release before wrote it, with what it remembered of the file. */
async function contact(account: string, person: Person): Promise<string> {
  const id = newId();
  const { givenName, familyName, email, slug } = person;
  const links = slug === null ? [] : [{ kind: 'linkedin', value: profileUrl(slug) }];
  await insert(account, 'contacts', {
    ...{ id, name: nameOf(person), given_name: givenName, family_name: familyName, met_on: '2025-12-10' },
    ...{ emails: email === null ? [] : [email], links: JSON.stringify(links), how_we_met: 'LinkedIn' },
  });
  const said = { name: nameOf(person), givenName, familyName, metOn: '2025-12-10' };
  const more = { ...(email === null ? {} : { email }), ...(slug === null ? {} : { slug }) };
  await insert(account, 'imported_contacts', { source: 'linkedin', contact_id: id, said: { ...said, ...more } }, false);
  const named = { resource: 'contact', source: 'linkedin', external_id: externalIdOf(person), resource_id: id };
  await insert(account, 'external_ids', named, false);
  return id;
}

async function imported(account: string, state: State): Promise<void> {
  const id = newId();
  const outcomes = OUTCOMES[state];
  const columns = { givenName: 0, familyName: 1, url: 2, email: 3, company: 4, position: 5, connectedOn: 6 };
  const plan = { charset: 'utf-8', skip: 0, delimiter: ',', headerLine: 1, columns, dateOrder: null };
  const counts = { total: outcomes.length === 0 ? 0 : 5, skipped: outcomes.length === 0 ? 0 : 1 };
  await insert(account, 'imports', {
    ...{ id, source: 'linkedin', state, preview: state.startsWith('preview'), ...counts },
    ...{ created: outcomes.filter((outcome) => outcome === 'created').length, done: counts.skipped },
    plan: { ...plan, likelyOrder: 'monthFirst', notes: ['The file is read as utf-8.'] },
    lease_until: UNDONE.includes(state) ? AT_FIRST : null,
  });
  if (state === 'reading')
    await insert(account, 'import_files', { import_id: id, part: 0, content: Buffer.from(fileOf(state)) }, false);
  for (const [n, outcome] of outcomes.entries()) {
    const person = personsOf(state)[n] as Person;
    const isThere = WRITTEN.includes(state) && ['created', 'kept'].includes(outcome);
    const { givenName, familyName, email, slug } = person;
    const record = { externalId: externalIdOf(person), name: nameOf(person), givenName, familyName, email, slug };
    await insert(account, 'import_rows', {
      ...{ id: newId(), import_id: id, line: n + 2, outcome, name: nameOf(person), problems: [] },
      contact_id: isThere ? await contact(account, person) : null,
      record: { ...record, company: null, title: null, metOn: '2025-12-10', problems: [] },
    });
  }
  if (outcomes.length === 0) return;
  const skipped = { id: newId(), import_id: id, line: 6, outcome: 'skipped', problems: ['The row has no name.'] };
  await insert(account, 'import_rows', { ...skipped, name: null, contact_id: null, record: null });
}

const ACCOUNTS = { rest: newId(), graphql: newId() };
let database: TestDatabase;
let program: TestProgram;

/** The database of a release whose files told one address and one profile of a person. */
async function older(): Promise<void> {
  const before = migrations.filter(({ name }) => Number(name.slice(-4)) < 43);
  const source = dataSource({ url: database.url, pool: 2, entities: [], migrations: before });
  old = await connect(source);
  await old.query('drop schema public cascade');
  await old.query('create schema public');
  await migrate(source);
  for (const [name, account] of Object.entries(ACCOUNTS)) {
    await insert(account, 'accounts', { id: account, name });
    for (const state of STATES) await imported(account, state);
  }
  await source.destroy();
}

beforeAll(async () => {
  database = await freshDatabase();
  await older();
  const source = dataSource({ url: database.url, pool: 2, entities: [], migrations });
  await connect(source);
  await migrate(source);
  await source.destroy();
  program = await TestProgram.start({ database });
  while ((await program.app.get(ImportJobs).takeTurn()) !== null);
});
afterAll(async () => {
  await program.stop();
  await database.drop();
});

describe.each(faces)('imports of the release before, over %s', (name) => {
  let mine: TestProgram;
  let importing: Importing;
  let ids: Record<string, string>;

  beforeAll(async () => {
    const key = await program.app.get(InstallationService).addKey(ACCOUNTS[name], 'mine');
    mine = Object.create(program, { key: { value: key } }) as TestProgram;
    importing = new Importing(name, mine);
    const { rows } = await mine.pool.query<{ id: string; name: string }>(
      `select i.id, coalesce((select split_part(r.name, ' ', 2) from import_rows r where r.import_id = i.id and r.name is not null limit 1), 'failed') as name
       from imports i where i.account_id = $1`,
      [ACCOUNTS[name]],
    );
    ids = Object.fromEntries(rows.map((row) => [row.name, row.id]));
    await mine.events();
  });

  const reportOf = async (state: State): Promise<[unknown, ...unknown[]]> => {
    const face = faceOf(name, mine);
    const { data } = await face.one('Import', String(ids[state]));
    const { rows } = await face.page('ImportRow', { filter: { importId: { eq: ids[state] } }, sort: 'id' });
    return [data.state, ...rows.map((row) => row.outcome)];
  };
  const contactsOf = async (state: State): Promise<Body[]> => {
    const { rows } = await faceOf(name, mine).page('Contact', {
      filter: { name: { contains: ` ${state}` } },
      sort: 'id',
    });
    return rows.map((row) => ({ name: row.name, emails: row.emails, links: row.links }));
  };
  const told = (state: State, some = [0, 1, 2, 3]): Body[] =>
    some.map((n) => {
      const person = personsOf(state)[n] as Person;
      const links = person.slug === null ? [] : [{ kind: 'linkedin', value: expect.any(String) as string }];
      return { name: nameOf(person), emails: person.email === null ? [] : [person.email], links };
    });

  it('that were under way come to their end', async () => {
    const created = Array<string>(4).fill('created');
    expect(await reportOf('reading')).toEqual(['applied', ...created]);
    expect(await contactsOf('reading')).toEqual(told('reading'));
    expect(await reportOf('previewing')).toEqual(['previewed', ...created, 'skipped']);
    expect(await contactsOf('previewing')).toEqual([]);
    expect(await reportOf('applying')).toEqual(['applied', ...created, 'skipped']);
    expect(await contactsOf('applying')).toEqual(told('applying'));
    expect(await reportOf('reverting')).toEqual(['reverted', ...Array<string>(4).fill('reverted'), 'skipped']);
    expect(await contactsOf('reverting')).toEqual([]);
  });

  it('that had ended are reported as before', async () => {
    expect(await reportOf('reverted')).toEqual(['reverted', 'reverted', 'reverted', 'kept', 'reverted', 'skipped']);
    expect(await reportOf('failed')).toEqual(['failed']);
    expect(await contactsOf('reverted')).toEqual(told('reverted', [2]));
  });

  it('that are previews are applied with all that they had read, and reverted', async () => {
    const applied = await importing.act('application', ids.previewed);
    expect(applied.it).toMatchObject({ state: 'applied', created: 4, skipped: 1 });
    expect(await contactsOf('previewed')).toEqual(told('previewed'));
    expect((await importing.act('reversal', ids.previewed)).it).toMatchObject({ state: 'reverted', reverted: 4 });
    expect(await contactsOf('previewed')).toEqual([]);
  });

  it('know their contacts in the next file, and give nothing back that somebody took out', async () => {
    const face = faceOf(name, mine);
    const { rows } = await face.page('Contact', { filter: { name: { contains: ' applied' } }, sort: 'id' });
    const [both, mail, link] = rows.map((row) => String(row.id)) as [string, string, string];
    await face.update('Contact', mail, { emails: [] });
    await face.update('Contact', link, { links: [] });
    await mine.events();
    const again = await importing.send(fileOf('applied'));
    expect(again.it).toMatchObject({ state: 'applied', unchanged: 4, created: 0, updated: 0 });
    expect(await mine.events()).toEqual(['import.finished']);
    const other = fileOf('applied').replace('both@applied.example', 'new@applied.example');
    expect((await importing.send(other)).it).toMatchObject({ updated: 1, unchanged: 3 });
    expect((await face.one('Contact', both)).data.emails).toEqual(['both@applied.example', 'new@applied.example']);
    expect((await importing.act('reversal', ids.applied)).rows.map(({ outcome }) => outcome)).toEqual([
      ...['kept', 'kept', 'kept', 'reverted', 'skipped'],
    ]);
  });
});
