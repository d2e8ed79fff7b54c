import { setTimeout as delay } from 'node:timers/promises';
import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { promised, tell } from '../harness/figures.js';

/** `KITH_FAIR_EVENTS=5000` for a long run. */
const EVENTS = Number(process.env.KITH_FAIR_EVENTS ?? 300);
const GOOD = Array.from({ length: 50 }, (_, n) => `/good/${n}`);
const EACH_SECOND = 40;
const EVERY_MS = 100;
const SLOW_MS = 14_000;
const LATEST_P95_MS = 2_000;
const TITLE = `W2: beside a dead endpoint and a slow one, 50 others get ${EVENTS} events each`;

let installation: Installation;
let receiver: Receiver;

beforeAll(async () => {
  installation = await Installation.open();
  receiver = await installation.receiver();
  await receiver.behave('/dead', { answer: 'hold' });
  await receiver.behave('/slow', { answer: 'accept', afterMs: SLOW_MS });
  await Promise.all([installation.start('api'), installation.start('worker')]);
  for (const path of ['/dead', '/slow', ...GOOD])
    await installation.webhook(receiver, path, ['account.updated'], false);
});

afterAll(() => installation.close());

/** Events as changes leave them, with the signal that follows the commit. What each is about tells it from the others. */
async function change(count: number): Promise<void> {
  await installation.rows(
    `with made as (
       insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
       select a.id, new_id(), 'account.updated', 'account', s.id, clock_timestamp(), json_build_object('id', s.id)
       from accounts a, (select new_id() as id from generate_series(1, $1::int)) s returning account_id, id)
     insert into outbox select account_id, id from made`,
    [count],
  );
  await installation.rows(`select pg_notify('kith', 'outbox')`);
}

async function lateness(): Promise<number[]> {
  const rows = await installation.rows<{ id: string; at: Date }>(
    `select subject_id as id, occurred_at as at from events where type = 'account.updated'`,
  );
  const committed = new Map(rows.map(({ id, at }) => [id, at.getTime()]));
  const letters = (await receiver.letters()).filter(
    ({ path, type }) => path.startsWith('/good') && type !== 'webhook.ping',
  );
  expect(new Set(letters.map(({ path, subject }) => `${path} ${subject}`)).size).toBe(EVENTS * GOOD.length);
  return letters.map(({ subject, at }) => at - (committed.get(subject) ?? NaN)).sort((a, b) => a - b);
}

async function delayNobody(): Promise<void> {
  const each = (EACH_SECOND * EVERY_MS) / 1_000;
  for (let made = 0; made < EVENTS; made += each) {
    await Promise.all([change(Math.min(each, EVENTS - made)), delay(EVERY_MS)]);
  }
  const delivered = `select count(*) from deliveries d join webhooks w on w.id = d.webhook_id
    where d.state = 'delivered' and w.url like '%/good/%' and d.event_type = 'account.updated'`;
  await installation.untilNumber('all is delivered to the good ones', EVENTS * GOOD.length, delivered);
  const late = await lateness();
  const p95 = late[Math.floor(late.length * 0.95)] ?? NaN;
  tell(`${TITLE}: p50 ${late[late.length >> 1]} ms, p95 ${p95} ms, last ${late.at(-1)} ms`);
  promised(p95, LATEST_P95_MS);
}

test(TITLE, delayNobody, 60_000 + (EVENTS / EACH_SECOND) * 10_000);
