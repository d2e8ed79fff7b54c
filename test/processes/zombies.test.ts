import type { Child } from './child.js';
import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { until } from '../harness/until.js';

const BEFORE = '2031-03-03T08:00:00.000Z';
const DUE = '2031-03-03T09:00:00.000Z';
const LATER = '2031-03-03T09:01:00.000Z';
const REMINDERS = 20;
const RUNG = `select count(*) from events where type = 'reminder.due'`;
const RINGS = `select count(distinct subject_id) from events where type = 'reminder.due'`;

let installation: Installation;
let receiver: Receiver;
let first: Child;
let second: Child;

beforeEach(async () => {
  installation = await Installation.open();
  receiver = await installation.receiver();
  await installation.start('api');
  [first, second] = await Promise.all([installation.clockedWorker(BEFORE), installation.clockedWorker(BEFORE)]);
});

afterEach(() => installation.close());

async function remind(count: number, dueAt: string): Promise<void> {
  for (let n = 0; n < count; n += 1) await installation.post('/v1/reminders', { title: `Reminder ${n}`, dueAt });
}

/**
 * The first worker alone learns that 20 reminders are due, claims them, and comes no further: the table its events go to
 * is locked. It is stopped there, and then the lock is gone.
 */
async function stopInTheMiddleOfARing(): Promise<void> {
  await remind(REMINDERS, DUE);
  const lock = await installation.lock('events', 'with %rings as%');
  await first.ask({ at: DUE });
  await lock.met();
  first.signal('SIGSTOP');
  await lock.open();
}

/** Statements that the database has answered; each process reports its own about once a second. */
function statements(): Promise<number> {
  return installation.number('select xact_commit from pg_stat_database where datname = current_database()');
}

test('a worker stopped in the middle of a ring delays its own batch alone, without a stampede, and rings once', async () => {
  await stopInTheMiddleOfARing();
  await remind(1, LATER);
  await second.ask({ at: LATER });
  await installation.untilNumber('the other worker rings what is not held', 1, RUNG);
  const before = await statements();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  // Each job of each worker asks once a second; a stampede asks hundreds of times.
  expect((await statements()) - before).toBeLessThan(150);
  expect(await installation.number(RUNG)).toBe(1);

  first.signal('SIGCONT');
  await installation.untilNumber('the first worker ends its ring', REMINDERS + 1, RUNG);
  await Promise.all([first, second].map((worker) => worker.ask({ at: LATER })));
  expect(await installation.number(RINGS)).toBe(REMINDERS + 1);
  expect(await installation.number(RUNG)).toBe(REMINDERS + 1);
});

test('a worker killed in the middle of a ring leaves it whole to another', async () => {
  await stopInTheMiddleOfARing();
  await first.kill();
  await second.ask({ at: DUE });
  await installation.untilNumber('the other worker rings them', REMINDERS, RUNG);
  expect(await installation.number(RINGS)).toBe(REMINDERS);
  expect(await installation.number(RUNG)).toBe(REMINDERS);
});

test('what a stopped worker reports after its lease has ended is refused', async () => {
  await installation.webhook(receiver, '/late', ['reminder.created'], false);
  await installation.untilNumber(
    'the ping is delivered',
    1,
    `select count(*) from deliveries where state = 'delivered'`,
  );
  second.signal('SIGSTOP');
  await receiver.behave('/late', { answer: 'hold' });
  await remind(1, '2032-01-01T00:00:00.000Z');
  await until('the first worker has sent it', async () => (await receiver.count()) === 2);
  first.signal('SIGSTOP');

  await receiver.behave('/late', { answer: 'accept' });
  second.signal('SIGCONT');
  await second.ask({ at: LATER });
  const delivered = `select count(*) from deliveries where state = 'delivered' and event_type = 'reminder.created'`;
  await installation.untilNumber('the other worker delivers it', 1, delivered);

  await receiver.release();
  first.signal('SIGCONT');
  await until('the first worker is refused', () => /1 results? came after .* wrote nothing/.test(first.err));
  expect(
    await installation.rows('select state, attempt_count from deliveries where event_type = $1', ['reminder.created']),
  ).toEqual([{ state: 'delivered', attempt_count: 2 }]);
  const attempts = `select number, status_code, error_code from attempts a join deliveries d on d.id = a.delivery_id
    where d.event_type = 'reminder.created' order by number`;
  expect(await installation.rows(attempts)).toEqual([
    { number: 1, status_code: null, error_code: 'interrupted' },
    { number: 2, status_code: 200, error_code: null },
  ]);
  const [, held, taken] = await receiver.letters();
  expect(taken).toMatchObject({ id: held?.id, hash: held?.hash, status: 200 });
});

test('two workers at once ring and deliver each thing once', async () => {
  await installation.webhook(receiver, '/once', ['reminder.due'], false);
  await remind(REMINDERS, DUE);
  await Promise.all([first, second].map((worker) => worker.ask({ at: DUE })));
  const settled = `select count(*) from deliveries where state = 'delivered' and event_type = 'reminder.due'`;
  await installation.untilNumber('all is delivered', REMINDERS, settled);
  const letters = (await receiver.letters()).filter(({ type }) => type === 'reminder.due');
  expect(letters).toHaveLength(REMINDERS);
  expect(new Set(letters.map(({ id }) => id)).size).toBe(REMINDERS);
  expect(new Set(letters.map(({ subject }) => subject)).size).toBe(REMINDERS);
});
