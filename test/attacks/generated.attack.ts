import type { Attacker } from './attacker.js';
import { atOnce } from './attacker.js';
import { ALONE, THIRTY, feltBy, harmsOf } from './felt.js';
import type { Bounds, Felt } from './felt.js';
import { everyOperation } from './offered.js';
import type { Costly } from './offered.js';
import { ALL_ATTACKS } from './long-form.js';
import { Siege } from './siege.js';
import { tell } from '../harness/figures.js';
import { chance } from '../processes/chance.js';
import type { Document } from '../platform/isolation/document.js';
import { ownersWorld } from '../platform/isolation/world.js';

/** How many operations thirty attackers try. In the long run they try all, and each operation is watched by itself. */
const SOME = 4;
const SEED = Number(process.env.KITH_ATTACK_SEED ?? 20_261_128);
const TOGETHER = ALL_ATTACKS ? 1 : 30;
const PEOPLE = 1_000;

let siege: Siege;
let offered: Costly[];

/** D1: the largest and the slowest that every operation takes, alone and from thirty at once. */
beforeAll(async () => {
  siege = await Siege.lay();
  const { attacker, installation } = siege;
  const document = await attacker.make<Document>('GET', '/openapi.json');
  const ask = async (method: string, path: string, { body }: { body?: object } = {}) => {
    const { status, text } = await attacker.ask(method.toUpperCase(), path, body);
    return { status, body: JSON.parse(text || 'null') };
  };
  const world = await ownersWorld({ ask, pool: installation.pool }, document);
  const person = (n: number) => ({
    create: { name: `Person ${n}`, tags: ['crowd'], notes: 'the quick brown fox '.repeat(50) },
  });
  for (let n = 0; n < PEOPLE; n += 200)
    await attacker.make('POST', '/v1/contacts/batch', {
      operations: Array.from({ length: 200 }, (_, i) => person(n + i)),
    });
  offered = await everyOperation(attacker, document, world);
}, 300_000);
afterAll(() => siege.lift());

async function tried(
  name: string,
  attack: (attacker: Attacker) => Promise<unknown>,
  bounds: Bounds,
): Promise<string[]> {
  const felt: Felt = await feltBy({ name, ...siege }, () => attack(siege.attacker));
  return harmsOf(felt, bounds).map((harm) => `${name}: ${harm}`);
}

it('harms nobody, whatever operation one caller asks the most of', async () => {
  expect(offered.length).toBeGreaterThan(220);
  const harms: string[] = [];
  for (let n = 0; n < offered.length; n += TOGETHER) {
    const some = offered.slice(n, n + TOGETHER);
    const name = `${some[0]?.name ?? ''}${some.length > 1 ? ` to ${some.at(-1)?.name ?? ''}` : ''}`;
    harms.push(
      ...(await tried(
        name,
        async (attacker) => {
          for (const one of some) await one.send(attacker);
        },
        ALONE,
      )),
    );
  }
  expect(harms).toEqual([]);
}, 3_600_000);

it('harms nobody, when thirty ask at once', async () => {
  const random = chance(SEED);
  const shuffled = offered
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
  const harms: string[] = [];
  for (const { name, send } of ALL_ATTACKS ? offered : shuffled.slice(0, SOME))
    harms.push(...(await tried(`30 × ${name}`, (attacker) => atOnce(30, () => send(attacker)), THIRTY)));
  expect(harms).toEqual([]);
  tell(`D1: ${offered.length} operations, none harms others.`);
}, 3_600_000);
