import { Doctor } from '../../../src/platform/doctor/doctor.js';
import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { TestProgram } from '../../harness/program.js';
import { PoisonedTable } from '../../harness/poison.js';
import type { Poison } from '../../harness/poison.js';
import { until } from '../../harness/until.js';

const ACCOUNTS = 20;
const EACH = 10;
const DUE = '2026-03-02T11:00:00.000Z';

/** What the scheduler does with a ring, and how a reminder is made of which it does that at the time that is due. */
const WORK = {
  rings: { type: 'reminder.due', more: { dueAt: DUE } },
  'tells ahead': { type: 'reminder.upcoming', more: { dueAt: '2026-03-02T12:00:00Z', leads: ['PT1H'] } },
  'tells of no answer': { type: 'reminder.overdue', more: { dueAt: '2026-03-02T10:00:00Z', overdueAfter: 'PT1H' } },
} as const;

const FAILS: [string, Poison, RegExp] = ['fails', { fails: 'this row is broken' }, /state P0001/];
const TAKES_LONG: [string, Poison, RegExp] = ['takes too long', { takes: 5 }, /too long/];

/** One statement tells of both, before a ring and after it; a row that takes long takes as long in both. */
const poisonsOf = (type: string): [string, Poison, RegExp][] =>
  type === 'reminder.overdue' ? [FAILS] : [FAILS, TAKES_LONG];

let program: TestProgram;
let accounts: { accountId: string; secret: string }[];
let poisoned: PoisonedTable | null = null;

beforeAll(async () => {
  program = await TestProgram.start({ env: { ROLES: 'api,worker' } });
  const installation = program.app.get(InstallationService);
  accounts = await Promise.all(
    Array.from({ length: ACCOUNTS }, (_, n) => installation.addAccount(`Account ${n}`, 'UTC')),
  );
});
afterAll(() => program.stop());
beforeEach(async () => {
  await program.clear();
  program.clock.set('2026-03-02T10:00:00.000Z');
});
afterEach(async () => {
  await poisoned?.mend();
  poisoned = null;
  await program.pool.query('delete from failures');
});

async function remind(key: string, title: string, more: object): Promise<string> {
  const { body, status } = await program.ask('post', '/v1/reminders', { key, body: { title, ...more } });
  expect(status).toBe(201);
  return body.id;
}

async function count(text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await program.pool.query<{ count: number }>(`select count(*)::int as count from ${text}`, values);
  return rows[0]?.count ?? 0;
}

const told = (type: string): Promise<number> => count('events where type = $1', [type]);

describe.each(Object.entries(WORK))('a row on which the job that %s', (_name, { type, more }) => {
  it.each(poisonsOf(type))('%s is set aside, and all others are done', async (_what, poison, reason) => {
    const good = Array.from({ length: EACH }, (_, n) => ({ create: { title: `Good ${n}`, ...more } }));
    for (const { secret } of accounts) {
      const { status } = await program.ask('post', '/v1/reminders/batch', { key: secret, body: { operations: good } });
      expect(status).toBe(200);
    }
    const { secret, accountId } = accounts[7] ?? { secret: '', accountId: '' };
    const id = await remind(secret, 'Poison', more);
    if (type === 'reminder.overdue') {
      const all = ACCOUNTS * EACH + 1;
      await until('all rang', async () => (await count(`occurrences where state = 'open'`)) === all);
    }
    const before = { told: await told(type), aside: await told('failure.set_aside') };
    poisoned = await PoisonedTable.pour(program.pool, 'occurrences', 'update', `new.title = 'Poison'`, poison);
    program.clock.set(DUE);
    await until('the others are told', async () => (await told(type)) - before.told === ACCOUNTS * EACH);
    const [failure] = await until('it is set aside', async () => {
      const { body } = await program.ask('get', '/v1/failures', { key: secret });
      return body.data.length > 0 ? body.data : null;
    });
    const { rows } = await program.pool.query('select id from occurrences where reminder_id = $1', [id]);
    expect(failure).toMatchObject({ job: 'ring', subjectType: 'occurrence', subjectId: rows[0]?.id, tries: 1 });
    expect(failure.reason).toMatch(reason);
    if (reason.test('too long')) {
      expect(await told('failure.set_aside')).toBe(before.aside);
      for (const tries of [2, 3]) {
        program.clock.advance(10_000);
        await until(`try ${tries}`, async () => (await count('failures where tries = $1', [tries])) === 1);
      }
    }
    expect((await told('failure.set_aside')) - before.aside).toBe(1);
    const findings = [];
    for await (const finding of program.app.get(Doctor).findings(true))
      if (finding.check === 'nothing_set_aside') findings.push(finding);
    expect(findings).toMatchObject([{ accountId, id: failure.id }]);
    await remind(secret, 'Good again', { dueAt: DUE });
    await until(
      'the same account goes on',
      async () => (await count(`occurrences where title = 'Good again' and state = 'open'`)) > 0,
    );
    await poisoned.mend();
    poisoned = null;
    program.clock.advance(61_000);
    await until('it goes on by itself', async () => (await told(type)) - before.told > ACCOUNTS * EACH);
    await until('nothing is set aside', async () => (await count('failures')) === 0);
  });
});

it('is tried again by the doctor at once', async () => {
  const [{ secret = '', accountId = '' } = {}] = accounts;
  poisoned = await PoisonedTable.pour(program.pool, 'occurrences', 'update', `new.title = 'Poison'`, {
    fails: 'broken',
  });
  await remind(secret, 'Poison', { dueAt: '2026-03-02T10:00:00Z' });
  await until('it is set aside', async () => (await count('failures')) > 0);
  const doctor = program.app.get(Doctor);
  let tried = 0;
  const operator = await program.app.get(InstallationService).operatorOf(accountId);
  for await (const finding of doctor.findings(false)) {
    await expect(doctor.repair(finding, operator)).rejects.toThrow(/broken/);
    await poisoned?.mend();
    poisoned = null;
    expect(await doctor.repair(finding, operator)).toBe(true);
    tried += 1;
  }
  expect(tried).toBe(1);
  expect(await count(`occurrences where title = 'Poison' and state = 'open'`)).toBe(1);
  expect(await count('failures')).toBe(0);
});

it('does not silence its account when it is something that the program does by itself', async () => {
  const [{ secret = '' } = {}] = accounts;
  const made = await program.ask('post', '/v1/contacts', { key: secret, body: { name: 'Poison', tier: 'inner' } });
  const touch = { contactIds: [made.body.id], channel: 'call', occurredAt: DUE };
  expect((await program.ask('post', '/v1/interactions', { key: secret, body: touch })).status).toBe(201);
  await remind(secret, 'Good', { dueAt: DUE });
  poisoned = await PoisonedTable.pour(program.pool, 'contacts', 'update', `new.name = 'Poison'`, { fails: 'broken' });
  program.clock.set(DUE);
  await until('it is set aside', async () => (await count('failures')) === 1);
  await until('the rest rings', async () => (await count(`occurrences where title = 'Good' and state = 'open'`)) === 1);
  await poisoned.mend();
  poisoned = null;
  program.clock.advance(61_000);
  await until('it is counted', async () => (await count(`contacts where last_touch_at is not null`)) === 1);
  await until('nothing is set aside', async () => (await count('failures')) === 0);
});

it('leaves what the program does by itself first, for an account whose work is done apart', async () => {
  const [, { secret = '' } = {}] = accounts;
  poisoned = await PoisonedTable.pour(program.pool, 'occurrences', 'update', `new.title = 'Poison'`, {
    fails: 'broken',
  });
  await remind(secret, 'Poison', { dueAt: '2026-03-02T10:00:00Z' });
  await until('it is set aside', async () => (await count('failures')) === 1);
  const contact = { name: 'Ada', keepInTouchEvery: 'P1W', metOn: '2026-03-01' };
  const made = await program.ask('post', '/v1/contacts', { key: secret, body: contact });
  const touch = { contactIds: [made.body.id], channel: 'call', occurredAt: '2026-03-09T12:00:00Z' };
  expect((await program.ask('post', '/v1/interactions', { key: secret, body: touch })).status).toBe(201);
  program.clock.set('2026-03-10T12:00:00.000Z');
  await until('it is counted', async () => (await count(`contacts where last_touch_at is not null`)) === 1);
  expect(await count(`occurrences where kind = 'keep_in_touch' and fired_at is not null`)).toBe(0);
  await until('it has been tried again', async () => (await count('failures where tries = 2')) === 1);
  await poisoned.mend();
  poisoned = null;
  // A try that was under way when it was mended may have failed at any of these times.
  await until('the rest rings', async () => {
    program.clock.advance(61_000);
    return (await count(`occurrences where title = 'Poison' and state = 'open'`)) === 1;
  });
  await until('nothing is set aside', async () => (await count('failures')) === 0);
});
