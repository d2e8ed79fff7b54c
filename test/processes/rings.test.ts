import { chance } from './chance.js';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { tell } from '../harness/figures.js';
import { size } from '../harness/size.js';

const WORKERS = 4;
const DAILY = 200;
const AT_ONCE = 1_000;
/** Days that pass. */
const STEPS = size('KITH_RING_DAYS', 50, 8);
const START = Date.parse('2031-03-03T09:00:00Z');
const DAY_MS = 86_400_000;
const STOPS = 8;

let installation: Installation;
let receiver: Receiver;
let workers: Child[];
const stopped = new Set<Child>();

beforeAll(async () => {
  // Many days pass here, and all that was delivered is to be counted at the end.
  installation = await Installation.open({ WEBHOOK_RETENTION_DAYS: '0', EVENT_RETENTION_DAYS: '0' });
  receiver = await installation.receiver();
  await installation.start('api');
  workers = await Promise.all(Array.from({ length: WORKERS }, () => installation.clockedWorker(dayAt(-1))));
});

afterAll(() => installation.close());

function dayAt(step: number): string {
  return new Date(START + step * DAY_MS).toISOString();
}

/** Every worker that runs learns the time at once, and looks for what is due: they race. */
async function tellTime(at: string): Promise<void> {
  await Promise.all(workers.filter((worker) => !stopped.has(worker)).map((worker) => worker.ask({ at })));
}

/** Stops a worker for a while, as a paused virtual machine does, and lets it go on where it was. */
async function interrupt(worker: Child, milliseconds: number): Promise<void> {
  if (stopped.has(worker)) return;
  stopped.add(worker);
  worker.signal('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  worker.signal('SIGCONT');
  stopped.delete(worker);
}

async function remind(count: number, rrule: string | null): Promise<void> {
  for (let made = 0; made < count; made += 50) {
    const batch = Array.from({ length: Math.min(50, count - made) }, (_, n) =>
      installation.post('/v1/reminders', { title: `Reminder ${made + n}`, dueAt: dayAt(0), timeZone: 'UTC', rrule }),
    );
    await Promise.all(batch);
  }
}

const RUNG = `select count(*) from events where type = 'reminder.due'`;
const RUNG_EACH = `select data ->> 'reminderId' || ' ' || (data ->> 'dueAt') as ring, count(*)::int as times,
  max((data ->> 'missedCount')::int) as missed from events where type = 'reminder.due' group by 1`;

const RINGS = AT_ONCE + DAILY * STEPS;

test(`K2: four workers, stopped and continued at random, ring ${RINGS} times: none twice, none left out`, async () => {
  await installation.webhook(receiver, '/rings', ['reminder.due'], false);
  await remind(AT_ONCE, null);
  await remind(DAILY, `FREQ=DAILY;COUNT=${STEPS}`);
  const random = chance(2);
  const interruptions: Promise<void>[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    await tellTime(dayAt(step));
    const worker = workers[Math.floor(random() * WORKERS)];
    if (worker && step % Math.ceil(STEPS / STOPS) === 0)
      interruptions.push(interrupt(worker, 1_000 + random() * 2_000));
    await installation.untilNumber(`step ${step} has rung`, AT_ONCE + (step + 1) * DAILY, RUNG);
  }
  await Promise.all(interruptions);
  await tellTime(dayAt(STEPS));
  const rings = await installation.rows<{ ring: string; times: number; missed: number }>(RUNG_EACH);
  expect(rings).toHaveLength(RINGS);
  expect(rings.filter(({ times, missed }) => times !== 1 || missed !== 0)).toEqual([]);
});

test('each of the rings has reached the receiver, under one webhook-id each', async () => {
  const undelivered = `select count(*) from deliveries where state = 'delivered' and event_type = 'reminder.due'`;
  await installation.untilNumber('all is delivered', RINGS, undelivered);
  const letters = (await receiver.letters()).filter(({ type }) => type === 'reminder.due');
  const subjects = new Map(letters.map(({ id, subject }) => [id, subject]));
  expect(subjects.size).toBe(RINGS);
  expect(new Set(subjects.values()).size).toBe(RINGS);
  expect(new Set(letters.map(({ id, hash }) => `${id} ${hash}`)).size).toBe(subjects.size);
  const refused = workers.flatMap(({ err }) => [...err.matchAll(/(\d+) results? came after/g)]);
  const zombies = refused.reduce((total, [, count]) => total + Number(count), 0);
  // A clock that jumps by a day ends every lease, so the workers that were in the middle of a delivery are zombies too.
  expect(zombies).toBeGreaterThan(0);
  tell(`K2: ${subjects.size} rings in ${letters.length} requests; ${zombies} late results refused.`);
});
