import { readFileSync } from 'node:fs';
import { stayingTables } from '../../../src/platform/contract/transfers.js';
import { declaredTables } from '../../../src/features/transfers/layout.service.js';
import { TransferJobs } from '../../../src/features/transfers/transfer-jobs.js';
import { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';
import { fileOf, filledAccount, rowsOf, sendFile } from './accounts.js';

const NOBODY = '01890000-0000-7000-8000-00000000dead';

type Line = { resource?: string; row?: Record<string, unknown>; link?: Record<string, unknown>; end?: number };
type Change = (lines: Line[]) => (Line | string)[];

describe('the file of an account', () => {
  let home: TestProgram;
  let away: TestProgram;
  let file: string;
  let empty: string;
  let nothing: Record<string, unknown[]>;

  beforeAll(async () => {
    home = await TestProgram.start();
    away = await TestProgram.start({ clock: home.clock });
    await filledAccount(home);
    file = await fileOf(home);
    empty = await away.anotherAccount();
    nothing = await rowsOf(away, empty);
  });
  afterAll(async () => {
    await home?.stop();
    await away?.stop();
  });

  const linesOf = (text: string): Line[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const at = (lines: readonly Line[], name: string): number => lines.findIndex(({ resource }) => resource === name);

  it('takes every table along that does not say why it stays', () => {
    const owned = [...readFileSync('schema.sql', 'utf8').matchAll(/^create table (\w+) \(\n +account_id /gm)].map(
      ([, name = '']) => name,
    );
    const told = [...declaredTables().keys(), ...stayingTables().keys(), 'accounts'].sort();
    expect(told).toEqual([...owned].sort());
    expect([...stayingTables().values()].filter((reason) => reason.length < 20)).toEqual([]);
  });

  it('is the same account in another installation, row for row, with the same rings ahead', async () => {
    const before = await rowsOf(home);
    expect(Object.entries(before).filter(([table, rows]) => rows.length === 0 && table !== 'digests')).toEqual([]);
    await away.events();
    const { status, it } = await sendFile(away, away.key, file);
    expect([status, it.failure, it.state]).toEqual([202, null, 'applied']);
    expect(it).toMatchObject({
      line: null,
      done: linesOf(file).length - 3,
      total: linesOf(file).length - 3,
      finishedAt: expect.any(String),
    });
    expect(await rowsOf(away)).toEqual(before);
    expect(await away.events()).toEqual([]);
    const preview = (program: TestProgram) => program.ask('get', '/v1/reminders/preview?to=2026-12-01T00:00:00Z');
    expect((await preview(away)).body).toEqual((await preview(home)).body);
    expect(await fileOf(away)).toBe(file);
    const again = await sendFile(away, away.key, file);
    expect([again.status, again.it.code]).toEqual([409, 'conflict']);
  });

  const refused: readonly [what: string, line: (lines: Line[]) => number, says: RegExp, change: Change][] = [
    [
      'an unknown resource',
      () => 3,
      /webhook is not a resource of a file/,
      (lines) => lines.toSpliced(2, 0, { resource: 'webhook', row: {} }),
    ],
    ['another version', () => 1, /schema 7/, ([_, ...lines]) => ['{"kith":1,"schema":7}', ...lines]],
    ['no file of an account', () => 1, /does not say/, ([_, ...lines]) => ['{}', ...lines]],
    ['no JSON', () => 4, /not JSON/, (lines) => [...lines.slice(0, 3), 'name,email', ...lines.slice(3)]],
    ...['[]', 'null', '5'].map((line): (typeof refused)[number] => [
      `the line ${line}`,
      () => 4,
      /A JSON object is expected/,
      (lines) => [...lines.slice(0, 3), line, ...lines.slice(3)],
    ]),
    [
      'deep nesting',
      () => 3,
      /levels deep/,
      (lines) => [...lines.slice(0, 2), `{"resource":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, ...lines.slice(2)],
    ],
    ['a megabyte', () => 3, /longer than/, (lines) => lines.toSpliced(2, 0, { resource: 'x'.repeat(1_000_001) })],
    [
      'a missing value',
      (lines) => at(lines, 'contact') + 1,
      /contact lacks name/,
      changed('contact', ({ name: _, ...row }) => row),
    ],
    [
      'a value too many',
      (lines) => at(lines, 'contact') + 1,
      /nothing called account_id/,
      changed('contact', (row) => ({ ...row, account_id: NOBODY })),
    ],
    ['a wrong type', (lines) => at(lines, 'contact') + 1, /name/, changed('contact', (row) => ({ ...row, name: 5 }))],
    [
      'a text that is too long',
      (lines) => at(lines, 'contact') + 1,
      /200/,
      changed('contact', (row) => ({ ...row, name: 'x'.repeat(201) })),
    ],
    [
      'a word that is none',
      (lines) => at(lines, 'contact') + 1,
      /tier/,
      changed('contact', (row) => ({ ...row, tier: 'best' })),
    ],
    [
      'a wrong order',
      (lines) => lines.length - 1,
      /come before/,
      (lines) => [...lines.slice(0, 2), ...lines.slice(3, -1), lines[2] ?? {}, lines.at(-1) ?? {}],
    ],
    [
      'an id of nobody',
      (lines) => at(lines, 'membership') + 1,
      /points at nothing/,
      changed('membership', (row) => ({ ...row, contact_id: NOBODY })),
    ],
    [
      'a row twice',
      (lines) => at(lines, 'occurrence') + 2,
      /already exists/,
      (lines) => doubled(lines, at(lines, 'occurrence')),
    ],
    [
      'an end that counts otherwise',
      (lines) => lines.length,
      /some of it is missing/,
      (lines) => [...lines.slice(0, -1), { end: 1 }],
    ],
    ['something after its end', (lines) => lines.length + 1, /follow/, (lines) => [...lines, { end: 1 }]],
    ['no end', (lines) => lines.length, /ends before its last line/, (lines) => lines.slice(0, -1)],
    ['settings of nowhere', () => 2, /timeZone/, changed('account', (row) => ({ ...row, time_zone: 'Nowhere/Land' }))],
    [
      'a zero character',
      (lines) => at(lines, 'contact') + 1,
      /howWeMet/,
      changed('contact', (row) => ({ ...row, how_we_met: 'a\0b' })),
    ],
    [
      'a wrong link',
      (lines) => lines.findIndex(({ link }) => link !== undefined) + 1,
      /points at nothing/,
      (lines) => lines.map((line) => (line.link ? { ...line, link: { ...line.link, met_through_id: NOBODY } } : line)),
    ],
  ];

  it.each(refused)('is refused with %s, and nothing of it stays', async (_, line, says, change) => {
    const lines = linesOf(file);
    const text = change(lines).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    const { status, it } = await sendFile(away, empty, text.join('\n'));
    expect([status, it.state, it.line, it.failure]).toEqual([202, 'failed', line(lines), expect.stringMatching(says)]);
    expect(await rowsOf(away, empty)).toEqual(nothing);
  });

  it('is taken back in turns when its last row is refused, and nothing was told meanwhile', async () => {
    await away.events();
    const many = crowded(linesOf(file), 450);
    const spoilt = doubled(many, many.length - 2).map((one) => JSON.stringify(one));
    const { it } = await sendFile(away, empty, spoilt.join('\n'));
    expect([it.state, it.line]).toEqual(['failed', many.length]);
    expect(await rowsOf(away, empty)).toEqual(nothing);
    expect(await away.events()).toEqual([]);
  });

  it('goes on after a connection was lost in the middle', async () => {
    const key = await away.anotherAccount();
    const other = await away.pool.connect();
    await other.query('begin');
    await other.query('lock table contacts in exclusive mode');
    const failed = expect(sendFile(away, key, file)).rejects.toThrow();
    const waiting = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%contacts%'`;
    const ended = `select pg_terminate_backend(pid) ${waiting}`;
    await until('the work waits for the table', async () => ((await away.pool.query(ended)).rowCount ?? 0) > 0);
    await failed;
    await other.query('rollback');
    other.release();
    while ((await away.app.get(TransferJobs).takeTurn()) !== null);
    const { rows } = await away.pool.query('select state, failure from transfers order by id desc limit 1');
    expect(rows).toEqual([{ state: 'applied', failure: null }]);
    expect((await rowsOf(away, key)).contacts).toHaveLength((await rowsOf(home)).contacts?.length ?? 0);
  });

  it('is not taken by those who may not, into what is not empty, or in another form', async () => {
    const { body: reader } = await home.ask('post', '/v1/keys', {
      body: { name: 'Reader', scopes: ['contacts:*', 'account:*'] },
    });
    expect((await home.ask('get', '/v1/account/export', { key: reader.secret })).status).toBe(403);
    expect((await sendFile(home, reader.secret, file)).status).toBe(403);
    expect((await sendFile(home, home.key, file)).it).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('not empty'),
    });
    const key = await away.anotherAccount();
    const post = (path: string, headers: Record<string, string>) =>
      away.ask('post', path, { key, headers: { 'content-type': 'application/x-ndjson', ...headers } }).send(file);
    expect((await post('/v1/account/import', { 'idempotency-key': 'x' })).status).toBe(400);
    expect((await post('/v1/account/import', { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await post('/v1/contacts', {})).status).toBe(415);
    expect((await away.ask('post', '/v1/account/import', { key })).status).toBe(415);
  });
});

function changed(name: string, change: (row: Record<string, unknown>) => Record<string, unknown>): Change {
  return (lines) => {
    const first = lines.findIndex(({ resource }) => resource === name);
    return lines.map((line, n) => (n === first ? { ...line, row: change(line.row ?? {}) } : line));
  };
}

function doubled(lines: readonly Line[], index: number): Line[] {
  const end = lines.at(-1)?.end ?? 0;
  return [...lines.slice(0, index + 1), lines[index] ?? {}, ...lines.slice(index + 1, -1), { end: end + 1 }];
}

/** The same with so many more people. */
function crowded(lines: readonly Line[], count: number): Line[] {
  const first = lines.findIndex(({ resource }) => resource === 'contact');
  const more = Array.from({ length: count }, (_, n) => {
    const id = `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
    return { ...lines[first], row: { ...lines[first]?.row, id } };
  });
  return [...lines.slice(0, first), ...more, ...lines.slice(first, -1), { end: (lines.at(-1)?.end ?? 0) + count }];
}
