import { setTimeout as delay } from 'node:timers/promises';
import { chance } from './chance.js';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import type { Letter } from './receiver-process.js';
import type { Receiver } from './receiver.js';
import { promised, tell } from '../harness/figures.js';
import { until } from '../harness/until.js';
import { size } from '../harness/size.js';

/** `KITH_KILLS=200` for a long run. */
const KILLS = size('KITH_KILLS', 25, 5);
const ENDPOINTS = ['/one', '/two', '/three'] as const;
const EVENTS_PER_KILL = 80;
const EVENTS = KILLS * EVENTS_PER_KILL;
const DELIVERIES = EVENTS * ENDPOINTS.length;
const WORKERS = 3;
/** So slow that the workers, four requests an endpoint each, do not quite keep up: each kill has something to hit. */
const SLOW_MS = 180;
/** A lease (twice the timeout and 10 s), the longest wait between attempts (3 s and a fifth), and 5 s. */
const STUCK_AFTER_MS = 11_000 + 3_600 + 5_000;

let installation: Installation;
let receiver: Receiver;
/** Those that run, and what starts in the place of one that was killed. */
const running: Child[] = [];
const starting: Promise<void>[] = [];

beforeAll(async () => {
  installation = await Installation.open({
    WEBHOOK_TIMEOUT_MS: '500',
    WEBHOOK_RETRY_SECONDS: '1,1,1,2,2,2,3,3',
    WEBHOOK_CONCURRENCY: '8',
    WEBHOOK_ENDPOINT_CONCURRENCY: '4',
  });
  receiver = await installation.receiver();
  await installation.start('api');
  for (let n = 0; n < WORKERS; n += 1) await employ();
  await answerAfter(SLOW_MS, 0.05);
  for (const path of ENDPOINTS) await installation.webhook(receiver, path, ['contact.created']);
});

afterAll(() => installation.close());

async function answerAfter(afterMs: number, failRate: number): Promise<void> {
  for (const [n, path] of ENDPOINTS.entries()) {
    await receiver.behave(path, { answer: 'accept', afterMs, failRate, seed: n + 1 });
  }
}

async function employ(): Promise<void> {
  running.push(await installation.start('worker'));
}

/** kill -9 for a random one of those that run; another begins in its place. */
async function kill(random: () => number): Promise<void> {
  await until('a worker runs', () => running.length > 0);
  const [victim] = running.splice(Math.floor(random() * running.length), 1);
  await victim?.kill();
  starting.push(employ());
}

async function createContacts(kill: number): Promise<void> {
  for (let n = 0; n < EVENTS_PER_KILL; n += 1) {
    await installation.post('/v1/contacts', { name: `Contact ${kill}.${n}` });
  }
}

/** What a receiver saw of each event at each endpoint. */
function parcels(letters: readonly Letter[]): Map<string, Letter[]> {
  const found = new Map<string, Letter[]>();
  for (const letter of letters) {
    const key = `${letter.path} ${letter.subject}`;
    found.set(key, [...(found.get(key) ?? []), letter]);
  }
  return found;
}

/** Contacts are created, delivered and refused while one worker after another is killed. */
async function trouble(): Promise<void> {
  const random = chance(1);
  for (let n = 0; n < KILLS; n += 1) {
    const work = createContacts(n);
    await delay(200 + random() * 600);
    await kill(random);
    await work;
  }
  await Promise.all(starting);
}

const TITLE = `K1: ${KILLS} kills -9 during ${DELIVERIES} deliveries lose none, and change no id and no byte`;

async function loseNothing(): Promise<void> {
  await trouble();
  await answerAfter(0, 0);
  const troubleEnded = performance.now();
  const delivered = `select count(*) from deliveries where state = 'delivered' and event_type = 'contact.created'`;
  await installation.untilNumber('all is delivered', DELIVERIES, delivered);
  const recovery = performance.now() - troubleEnded;
  promised(recovery, STUCK_AFTER_MS);

  const each = [...parcels((await receiver.letters()).filter(({ type }) => type === 'contact.created')).values()];
  expect(each.filter((letters) => letters.some(({ status }) => status === 200))).toHaveLength(DELIVERIES);
  expect(each.filter((letters) => new Set(letters.map(({ id }) => id)).size !== 1)).toEqual([]);
  expect(each.filter((letters) => new Set(letters.map(({ hash }) => hash)).size !== 1)).toEqual([]);
  expect(each.filter((letters) => letters.some(({ verified }) => verified !== true))).toEqual([]);
  expect(new Set(each.map(([letter]) => letter?.id)).size).toBe(DELIVERIES);
  // Both kinds of trouble were there: answers that failed, and attempts that a kill interrupted.
  const interrupted = await installation.number(`select count(*) from attempts where error_code = 'interrupted'`);
  expect(interrupted).toBeGreaterThan(0);
  expect(each.filter((letters) => letters.some(({ status }) => status === 500)).length).toBeGreaterThan(0);
  const requests = each.reduce((total, letters) => total + letters.length, 0);
  tell(`${TITLE}: ${requests} requests, ${interrupted} interrupted, the last ${Math.round(recovery)} ms after.`);
}

test(TITLE, loseNothing, 60_000 + KILLS * 30_000);
