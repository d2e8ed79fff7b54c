import { setTimeout as delay } from 'node:timers/promises';
import { ALONE, THIRTY, expectUnharmed, feltBy, harmsOf } from './felt.js';
import type { Felt } from './felt.js';
import { Siege } from './siege.js';

let siege: Siege;
let calm: Felt;

beforeAll(async () => {
  siege = await Siege.lay();
  calm = await feltBy({ name: 'no attack', ...siege }, () => siege.attacker.make('GET', '/v1/contacts'));
});
afterAll(() => siege.lift());

it('finds no harm where nothing happens', () => {
  expectUnharmed(calm);
  expect(calm.attacker).toEqual({ '200': 1 });
  expect(calm.ring.count).toBeGreaterThan(2);
  expect(calm.during.live.count).toBeGreaterThan(50);
  expect(calm.during.memory.before).toBeGreaterThan(20);
});

it('feels that the program stands still', async () => {
  const felt = await feltBy({ name: 'four seconds of standing still', ...siege }, async () => {
    siege.program.signal('SIGSTOP');
    await delay(4_000);
    siege.program.signal('SIGCONT');
  });
  expect(harmsOf(felt)).toContainEqual(expect.stringMatching(/^\/health\/live took \d+ ms/));
  expect(felt.during.turns.ran).toBeGreaterThan(0);
  expect(() => expectUnharmed(felt)).toThrow(/Others were harmed:\n +\/health\/live took[^]*live p50/);
  const within = { ...calm, during: { ...calm.during, live: { ...calm.during.live, p99: 900 } } };
  expect(harmsOf(within, THIRTY)).toEqual([]);
});

it('feels that rings wait', async () => {
  const felt = await feltBy({ name: 'a table is locked', ...siege }, async () => {
    const { met, open } = await siege.installation.lock('occurrences', '%occurrences%');
    await met();
    await delay(12_000);
    await open();
  });
  expect(harmsOf(felt)).toEqual([expect.stringMatching(/^Of \d+ rings one was \d+ ms late\.$/)]);
});

it('sees every other harm in the figures', () => {
  const { during } = calm;
  const grown = { ...during, memory: { ...during.memory, peak: during.memory.before + 151 } };
  const ill = { ...during, statuses: { ...during.statuses, '503': 2, ECONNRESET: 1 } };
  const slow = { ...during, live: { ...during.live, p99: 240 + 10_000 } };
  const busy = { ...slow, control: { ...during.control, p99: 10_000 } };
  expect(harmsOf({ ...calm, during: grown })).toEqual(['The memory grew by 151 MB.']);
  expect(harmsOf({ ...calm, during: ill })).toHaveLength(2);
  expect(harmsOf({ ...calm, during: slow })).toHaveLength(1);
  expect(harmsOf({ ...calm, during: busy })).toEqual([]);
  const kept = { ...slow, turns: { ran: 1, waited: 99 } };
  expect(harmsOf({ ...calm, calm: { ...calm.calm, busy: 1 }, during: kept })).toEqual([]);
  const idle = { ...calm.calm, busy: 0.1 };
  expect(harmsOf({ ...calm, calm: idle, after: idle, during: kept })).toHaveLength(1);
  expect(harmsOf({ ...calm, ring: { count: 3, latest: Infinity } })).toHaveLength(1);
  expect(harmsOf({ ...calm, ring: { count: 0, latest: -Infinity } })).toHaveLength(1);
  const answered = { '429': 5, '500': 1, '503': 1, '503 Retry-After': 9 };
  expect(harmsOf({ ...calm, attacker: answered }, ALONE)).toEqual([
    'The attacker was answered 500.',
    'The attacker was answered 503.',
  ]);
});
