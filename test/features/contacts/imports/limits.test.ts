import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';
import { claimImport } from '../../../../src/features/contacts/imports/imports.sql.js';
import { ImportCommand } from '../../../../src/features/contacts/imports/import-command.service.js';
import { InstallationService } from '../../../../src/features/accounts/installation.service.js';
import { ProgressLine } from '../../../../src/app/progress-line.js';
import { Follower, following } from '../../../platform/graphql/subscriptions/followers.js';
import { TestProgram } from '../../../harness/program.js';
import { HEADER, Importing, connections } from './importing.js';

const MB = 1_048_576;

let program: TestProgram;
let importing: Importing;
beforeAll(async () => {
  program = await TestProgram.start();
  importing = new Importing('rest', program);
});
afterAll(() => program.stop());

type Body = Record<string, unknown>;

const rows = (count: number, company = 'Co'): string[] =>
  Array.from({ length: count }, (_, n) => `F${n},L${n},https://www.linkedin.com/in/p${n},,${company},Dev,10 Dec 2025`);
const post = (body: Buffer, headers: Record<string, string> = {}) =>
  fetch(`${program.address}/v1/imports/linkedin`, {
    method: 'POST',
    headers: { authorization: `Bearer ${program.key}`, 'content-type': 'text/csv', ...headers },
    body: new Uint8Array(body),
  });

describe('what no file can do', () => {
  it('hold the program by a row without an end: it fails, and says why', async () => {
    const { it } = await importing.send(`${HEADER}\n${','.repeat(19 * MB)}`);
    expect(it).toMatchObject({ state: 'failed', total: 0, failure: expect.stringMatching(/longer than 65536/) });
    const quoted = await importing.send(`${HEADER}\n"${'x\n'.repeat(MB)}`);
    expect(quoted.it).toMatchObject({ state: 'failed' });
  });

  it('be of more than 100,000 rows', async () => {
    const { it } = await importing.send(`${HEADER}\n${'a,b\n'.repeat(100_001)}`);
    expect(it).toMatchObject({ state: 'failed', failure: 'The file has more than 100000 rows: split it.' });
  });

  it('be searched for its header beyond its beginning', async () => {
    const refused = await importing.send(`${'first name\n'.repeat(MB)}${HEADER}\nAda,Lovelace\n`);
    expect(refused.code).toBe('unprocessable');
  });

  it('be searched for its columns beyond the beginning of a long line', async () => {
    const far = await importing.send(`${'a,'.repeat(8_192)}${HEADER}\n`);
    expect(far.detail).toMatch(/The file has: a, a, a/);
    const near = await importing.send(`${HEADER},${'a,'.repeat(8_192)}\nAda,Lovelace\n`);
    expect(near.it).toMatchObject({ state: 'applied', created: 1 });
    await program.pool.query('delete from contacts');
  });

  it('have more than 20 MB, or another type', async () => {
    expect((await post(Buffer.alloc(20 * MB + 1, 0x61))).status).toBe(413);
    expect((await post(Buffer.from('{}'), { 'content-type': 'application/json' })).status).toBe(415);
    const workbook = await post(Buffer.from('PK'), { 'content-type': 'application/vnd.ms-excel' });
    expect([workbook.status, ((await workbook.json()) as Body).detail]).toEqual([
      415,
      'application/vnd.ms-excel is not supported here: send text/csv.',
    ]);
  });

  it.each([{ 'content-type': 'text/csv' }, { 'content-type': 'application/json' }, {}])(
    'be missing, whatever its type: %j',
    async (type) => {
      const headers = { authorization: `Bearer ${program.key}`, ...type };
      const answer = await fetch(`${program.address}/v1/imports/linkedin`, { method: 'POST', headers });
      expect([answer.status, await answer.json()]).toEqual([
        422,
        expect.objectContaining({ code: 'unprocessable', detail: expect.stringMatching(/empty\. Send LinkedIn's/) }),
      ]);
    },
  );

  it('leave anything behind', async () => {
    const { rows: left } = await program.pool.query('select count(*)::int as parts from import_files');
    expect(left).toEqual([{ parts: 0 }]);
    expect((await program.ask('get', '/v1/contacts')).body.data).toEqual([]);
  });
});

it('answers a repeated request with the first import', async () => {
  const file = Buffer.from(connections('Once,Only,,,Co,,'));
  const headers = { 'idempotency-key': 'one' };
  const first = (await (await post(file, headers)).json()) as Body;
  const second = (await (await post(file, headers)).json()) as Body;
  expect(second).toEqual(first);
  expect((await post(Buffer.from(connections(...rows(2))), headers)).status).toBe(422);
  await importing.finished(String(first.id));
});

it('tells how far it is, over a subscription and to a command', async () => {
  // A table as in a new installation.
  await program.pool.query('truncate contacts cascade');
  const types = ['import.progressed', 'import.finished', 'webhook.ping'];
  const follower = new Follower(program, 'graphql-ws', { types });
  await following(program, follower);
  const [lines, drawn]: string[][] = [[], []];
  const line = new ProgressLine({ write: (text) => lines?.push(text) });
  const bar = new ProgressLine({ isTTY: true, write: (text) => drawn?.push(text) });
  const cards = Array.from({ length: 2_400 }, (_, n) => `BEGIN:VCARD\nFN:Person ${n}\nEMAIL:p${n}@x.org\nEND:VCARD\n`);
  const { it } = await program.app
    .get(ImportCommand)
    .run(
      await program.app.get(InstallationService).operatorOf(null),
      { source: 'vcard', file: { bytes: Buffer.from(cards.join('')), charset: null } },
      ({ done, total }) => [line, bar].forEach((one) => one.show(done, total)),
    );
  expect(it).toMatchObject({ state: 'applied', created: 2_400 });
  // Else every session would keep what it planned for an empty table.
  const grown = `select 1 from pg_class where oid = 'contacts'::regclass and reltuples between 2000 and 2500`;
  expect((await program.pool.query(grown)).rowCount).toBe(1);
  expect(lines).toEqual(['2000 of 2400 rows\n']);
  expect(drawn?.at(-1)).toMatch(/^\r\[#{30}\] 100 % 2400 of 2400 rows$/);
  const told = (await follower.until(12)).map(({ type, subjectId, data }) => [type, subjectId, data.done]);
  expect(told).toEqual([
    ...Array.from({ length: 11 }, (_, n) => ['import.progressed', it.id, (n + 1) * 200]),
    ['import.finished', it.id, 2_400],
  ]);
  await follower.leave();
  await program.pool.query('delete from contacts');
});

it('goes on where a worker stopped, and refuses what that worker still writes', async () => {
  await program.events();
  const sent = (await (await post(Buffer.from(connections(...rows(3_000))))).json()) as Body;
  const jobs = program.app.get(ImportJobs);
  // The first turn reads, the second applies ten batches.
  await jobs.takeTurn();
  const turn = jobs.takeTurn();
  // Another worker takes the import in the middle of that turn, as it would after the end of the lease.
  await program.pool.query(`update imports set lease_until = now() - interval '1 hour' where id = $1`, [sent.id]);
  const claim = claimImport('01890000-0000-7000-8000-000000000000');
  await program.pool.query(claim.text, [...claim.values]);
  await turn;
  const { rows: between } = await program.pool.query('select state, done from imports where id = $1', [sent.id]);
  expect(between[0].state).toBe('applying');
  expect(between[0].done).toBeLessThan(3_000);
  await program.pool.query(`update imports set lease_until = now() - interval '1 hour' where id = $1`, [sent.id]);
  const { it } = await importing.finished(String(sent.id));
  expect(
    (
      await program.pool.query(
        `select outcome, problems from import_rows where import_id = $1 and outcome <> 'created'`,
        [sent.id],
      )
    ).rows,
  ).toEqual([]);
  expect(it).toMatchObject({ state: 'applied', total: 3_000, done: 3_000, created: 3_000 });
  const events = await program.events();
  expect(events.filter((type) => type === 'contact.created')).toHaveLength(3_000);
  expect(events.filter((type) => type === 'import.finished')).toHaveLength(1);
});

it('has room for ten imports in progress', async () => {
  const file = Buffer.from(connections('A,B,,,Co,,'));
  const answers = [];
  for (let n = 0; n < 11; n += 1) answers.push((await post(file)).status);
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 202), 409]);
});
