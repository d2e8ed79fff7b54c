import { setTimeout as delay } from 'node:timers/promises';
import { ShiftedServer, shifted } from './fake-time.js';
import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { tell } from '../harness/figures.js';

const SOON = 50;
const LATER = 100;
const DAILY = 20;
const HOUR_MS = 3_600_000;
const RUNG = `select count(*) from events where type = 'reminder.due'`;
const DELIVERED = `select count(*) from deliveries where state = 'delivered' and event_type = 'reminder.due'`;

let server: ShiftedServer;
let installation: Installation;
let receiver: Receiver;

beforeAll(async () => {
  server = await ShiftedServer.open();
  installation = await Installation.open({ RATE_LIMIT_PER_MINUTE: '0' }, server);
  receiver = await installation.receiver();
  await installation.start('api');
  // Three machines that disagree about the time; the database's decides.
  for (const env of [{}, await shifted('+1d'), await shifted('-1d'), await shifted('+30d')]) {
    await installation.start('worker', env);
  }
  await installation.webhook(receiver, '/rings', ['reminder.due'], false);
});

afterAll(() => installation.close());

async function remind(count: number, inHours: number, rrule: string | null): Promise<void> {
  const dueAt = new Date(Date.now() + inHours * HOUR_MS).toISOString();
  for (let n = 0; n < count; n += 1) {
    await installation.post('/v1/reminders', { title: `Reminder ${n}`, dueAt, timeZone: 'UTC', rrule });
  }
}

/** The database's clock jumps; after that so many rings are there, and stay as many. */
async function jump(by: string, rings: number): Promise<void> {
  await server.shift(by);
  await installation.untilNumber(`what is due at ${by} rings`, rings, RUNG);
  await installation.untilNumber(`what is due at ${by} is delivered`, rings, DELIVERED);
  await delay(3_000);
  expect([by, await installation.number(RUNG)]).toEqual([by, rings]);
}

const RINGS = `select data ->> 'reminderId' || ' ' || (data ->> 'dueAt') as ring, count(*)::int as times,
  max((data ->> 'missedCount')::int) as missed from events where type = 'reminder.due' group by 1`;

test('K4: the clock jumps to and fro, up to 30 days: each reminder rings once, none twice, none is lost', async () => {
  await remind(SOON, 0.5, null);
  await remind(LATER, 20 * 24, null);
  await remind(DAILY, 2, 'FREQ=DAILY');
  const before = await server.now();
  await jump('+0', 0);
  await jump('+1h', SOON);
  expect((await server.now()).getTime() - before.getTime()).toBeGreaterThan(HOUR_MS);
  await jump('-1h', SOON);
  await jump('+1d', SOON + DAILY);
  await jump('-1d', SOON + DAILY);
  await jump('+30d', SOON + DAILY + LATER + DAILY);
  await jump('+2591400', SOON + DAILY + LATER + DAILY);
  await jump('+30d', SOON + DAILY + LATER + DAILY);

  const rings = await installation.rows<{ ring: string; times: number; missed: number }>(RINGS);
  expect(rings).toHaveLength(SOON + LATER + DAILY * 2);
  expect(rings.filter(({ times }) => times !== 1)).toEqual([]);
  // A month of daily repeats is one late ring that says how many it stands for.
  expect(rings.filter(({ missed }) => missed >= 27)).toHaveLength(DAILY);
  const letters = (await receiver.letters()).filter(({ type }) => type === 'reminder.due');
  expect(new Set(letters.map(({ id }) => id)).size).toBe(rings.length);
  tell(`K4: ${rings.length} rings in ${letters.length} requests over jumps of ±1 h, ±1 d, +30 d and -10 min.`);
}, 300_000);
