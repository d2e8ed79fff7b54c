import { atOnce } from './attacker.js';
import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import { ALL_ATTACKS, casesOf } from './long-form.js';
import { Siege } from './siege.js';

/** The longest answer to a refusal, in characters. */
const SMALL = 30_000;

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.lay();
});
afterAll(() => siege.lift());

const crowd = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, n) => [`u${n}`, 1]));
const create = 'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }';
const many = Array.from({ length: 1_000 }, (_, n) => ({ create: { nam: n, emai: n, custom: crowd(20) } }));
const equal = `{ contacts { nodes { ${'interactions { nodes { id summary } } '.repeat(330)} } } }`;
const headers = Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [`x-${n}`, 'y']));

/** Contacts without a name, whose own properties nobody named before: each time others. */
const own = (): object => {
  named += 1;
  const operations = Array.from({ length: 190 }, (_, n) => ({
    create: { custom: Object.fromEntries(Array.from({ length: 100 }, (_, m) => [`${named} ${n} ${m}`, 1])) },
  }));
  return { operations };
};
let named = 0;

const inputs: readonly (readonly [name: string, path: string, body: object | (() => object)])[] = [
  ['C4: 49,000 unknown names', '/v1/contacts', crowd(49_000)],
  ['C4: the same as variables', '/graphql', { query: create, variables: { input: crowd(49_000) } }],
  ['19,000 names that nobody used before', '/v1/contacts/batch', own],
  ['C12: 30,000 headers', '/v1/webhooks', { url: 'https://hooks.example', headers }],
  ['C13: 330 equal fields', '/graphql', { query: equal }],
  ['names in an object of one’s own', '/v1/contacts', { name: 'x', custom: crowd(49_000) }],
  ['C4: 60,000 unknown names', '/v1/contacts', crowd(60_000)],
  ['a batch of invalid operations', '/v1/contacts/batch', { operations: many }],
  ['objects where words belong', '/v1/contacts', { name: 'x', tags: Array(49_000).fill({}) }],
  ['a filter of empty conditions', '/graphql', filtered({ or: Array(1_900).fill({}) })],
];

function filtered(filter: object): object {
  const query = 'query ($filter: ContactFilter) { contacts(filter: $filter) { nodes { id } } }';
  return { query, variables: { filter } };
}

it.each(casesOf(inputs, 6))('%s, alone and thirty at once', async (name, path, body) => {
  const { attacker } = siege;
  const fixed = typeof body === 'function' ? null : JSON.stringify(body);
  const ask = async (): Promise<void> => {
    const text = fixed ?? JSON.stringify((body as () => object)());
    const answer = await attacker.ask('POST', path, text);
    expect(answer.text.length).toBeLessThan(SMALL);
  };
  const alone = await feltBy({ name, ...siege }, async () => {
    for (let n = 0; n < 3; n += 1) await ask();
  });
  expectUnharmed(alone, ALONE);
  if (!ALL_ATTACKS) return;
  const thirty = await feltBy({ name: `${name} × 30`, ...siege }, () => atOnce(30, ask));
  expectUnharmed(thirty, THIRTY);
});
