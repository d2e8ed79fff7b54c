import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import { atOnce } from './attacker.js';
import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import { Siege } from './siege.js';

const STRANGER = '';
const FILE = Buffer.alloc(20 * 1_048_576, 44);

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.lay({ HEADERS_TIMEOUT_MS: '2000', REQUEST_TIMEOUT_MS: '4000', STALL_TIMEOUT_MS: '2000' });
});
afterAll(() => siege.lift());

const aliased = `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: __schema { ...S }`).join(' ')} }
  fragment S on __Schema { types { ...T fields { ...F type { ...T } } } }
  fragment T on __Type { name description kind } fragment F on __Field { name description args { name type { ...T } } }`;
const input = Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`u${n}`, 1]));
const create = 'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }';

it.each([
  ['C3: sixty aliases of the schema', aliased, {}],
  ['C4: 60,000 unknown input fields', create, { input }],
  ['the schema in another spelling each time', '', {}],
])('%s, without a key', async (name, query, variables) => {
  const attacker = siege.attacker.with(STRANGER);
  let number = 0;
  const one = () => attacker.graphql(query || `# ${(number += 1)}\n${getIntrospectionQuery()}`, variables);
  const felt = await feltBy({ name, ...siege }, async () => {
    for (let n = 0; n < 10; n += 1) await one();
    await atOnce(30, async () => void (await one()));
  });
  expectUnharmed(felt, THIRTY);
  expect(Object.keys(felt.attacker).every((status) => /^(401|429|200)$/.test(status))).toBe(true);
});

it.each(['/v1/contacts', '/v1/imports/linkedin', '/graphql', '/nowhere'])(
  'C9: 30 files of 20 MB to %s, without a key',
  async (path) => {
    const attacker = siege.attacker.with(STRANGER);
    const felt = await feltBy({ name: `C9: ${path}`, ...siege }, () =>
      atOnce(30, () => attacker.ask('POST', path, FILE, { 'content-type': 'text/csv' })),
    );
    expectUnharmed(felt, THIRTY);
  },
);

it('C9: 260 connections whose bodies stall are closed in time, and cost nothing meanwhile', async () => {
  const { hostname, port } = new URL(siege.installation.address);
  const sockets: Socket[] = [];
  let open = 0;
  const stall = (path: string, key: string): void => {
    const head = `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${key}content-length: 16000\r\n\r\n`;
    const socket = connect(Number(port), hostname, () => socket.write(`${head}${' '.repeat(15_000)}`));
    open += 1;
    sockets.push(
      socket
        .resume()
        .on('error', () => undefined)
        .on('close', () => (open -= 1)),
    );
  };
  const felt = await feltBy({ name: 'C9: stalled bodies', ...siege }, async () => {
    for (let n = 0; n < 130; n += 1) {
      stall('/graphql', '');
      stall('/v1/contacts', `authorization: Bearer ${siege.attacker.key}\r\n`);
    }
    for (const started = Date.now(); open > 0 && Date.now() - started < 30_000;) await delay(100);
  });
  for (const socket of sockets) socket.destroy();
  expect(open).toBe(0);
  expectUnharmed(felt, ALONE);
});
