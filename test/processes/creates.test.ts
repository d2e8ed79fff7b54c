import { setTimeout as delay } from 'node:timers/promises';
import { chance } from './chance.js';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import { tell } from '../harness/figures.js';
import { HANG_MS } from '../harness/until.js';
import { size } from '../harness/size.js';

/** `KITH_API_KILLS=50` for a long run: 1,250 creations. */
const KILLS = size('KITH_API_KILLS', 8, 3);
const AT_ONCE = 25;
const CREATIONS = KILLS * AT_ONCE;

let installation: Installation;
let api: Child;

beforeAll(async () => {
  installation = await Installation.open({ RATE_LIMIT_PER_MINUTE: '0' });
  api = await installation.start('api');
});

afterAll(() => installation.close());

/** What a careful client does: the same key again until there is an answer that says how it ended. */
async function create(name: string): Promise<{ id: string; tries: number }> {
  const deadline = performance.now() + HANG_MS;
  for (let tries = 1; ; tries += 1) {
    const asked = await installation
      .ask('POST', '/v1/contacts', { name }, { 'idempotency-key': `key-${name}` })
      .catch(() => null);
    if (asked?.status === 201) return { id: String(asked.answer.id), tries };
    if (asked && ![409, 503].includes(asked.status)) throw new Error(`${name}: ${JSON.stringify(asked)}`);
    if (performance.now() > deadline) throw new Error(`${name} was not created in ${HANG_MS} ms.`);
    await delay(20);
  }
}

/** Many at once; as soon as some of them are answered the process dies, and another takes its place. */
async function interrupted(kill: number, random: () => number): Promise<{ id: string; tries: number }[]> {
  const enough = Math.floor(random() * AT_ONCE);
  let answered = 0;
  const made = Array.from({ length: AT_ONCE }, (_, n) => create(`${kill}.${n}`).finally(() => (answered += 1)));
  while (answered < enough) await delay(1);
  await delay(random() * 3);
  await api.kill();
  api = await installation.start('api');
  return Promise.all(made);
}

const TITLE = `K1b: ${KILLS} kills -9 of the API during ${CREATIONS} idempotent creations`;

async function createOnceEach(): Promise<void> {
  const random = chance(5);
  const made: { id: string; tries: number }[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) made.push(...(await interrupted(kill, random)));
  const ids = new Set(made.map(({ id }) => id));
  expect(ids.size).toBe(CREATIONS);
  const rows = await installation.rows<{ id: string }>('select id from contacts');
  expect(rows).toHaveLength(CREATIONS);
  expect(rows.filter(({ id }) => !ids.has(id))).toEqual([]);
  const events = `select subject_id from events where type = 'contact.created'`;
  const recorded = await installation.rows<{ subject_id: string }>(events);
  expect(recorded).toHaveLength(CREATIONS);
  expect(new Set(recorded.map(({ subject_id: id }) => id)).size).toBe(CREATIONS);
  const again = made.filter(({ tries }) => tries > 1).length;
  expect(again).toBeGreaterThan(0);
  tell(`${TITLE}: ${rows.length} rows and ${recorded.length} events; ${again} keys were tried again.`);
}

test(TITLE, createOnceEach, 60_000 + KILLS * 30_000);
