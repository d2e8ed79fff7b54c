import { promised } from '../../harness/figures.js';
import { TestProgram } from '../../harness/program.js';
import { chance } from '../../processes/chance.js';
import { ask, send } from './asking.js';
import type { Reply } from './asking.js';
import { seedCareer } from './career.js';
import { OperationWriter } from './operations.js';
import { size } from '../../harness/size.js';

const OPERATIONS = size('TEST_OPERATIONS', 2_000, 700);
const SEED = Number(process.env.TEST_SEED ?? 20_260_303);
/** How soon a refusal is there: the soonest of five. */
const SOON_MS = 100;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const times = (count: number, make: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ');
const nested = (count: number, open: string, middle: string, close: string): string =>
  open.repeat(count) + middle + close.repeat(count);
const contacts = (inside: string): object => ({ query: `{ contacts(first: 1) { nodes { ${inside} } } }` });

/** Each fragment spreads the next one twice. */
function doubling(count: number, type: string, last: string): string {
  const links = times(count, (n) => `fragment F${n} on ${type} { ...F${n + 1} ...F${n + 1} }`);
  return `${links} fragment F${count} on ${type} { ${last} }`;
}

const raw = (body: string | Buffer, contentType = 'application/json') => ({
  body,
  headers: { 'content-type': contentType },
});
const json = (operation: unknown) => raw(JSON.stringify(operation));
const filtered = (filter: unknown): object => ({
  query: 'query ($filter: ContactFilter) { contacts(filter: $filter) { nodes { id } } }',
  variables: { filter },
});

interface Attack {
  readonly name: string;
  readonly sent: () => Parameters<typeof send>[1];
  /** Ours are harmless, and answered; all others are refused. */
  readonly answered?: boolean;
}

const attacks: Attack[] = [
  { name: 'a hundred levels', sent: () => json({ query: nested(50, '{ contacts { nodes ', '{ id }', '} }') }) },
  {
    name: 'relations round and round',
    sent: () => json(contacts(nested(9, 'interactions { nodes { contacts { nodes { ', 'id', ' } } } }'))),
  },
  { name: 'a thousand aliases', sent: () => json(contacts(times(1_000, (n) => `a${n}: id`))) },
  {
    name: 'sixty expensive roots',
    sent: () =>
      json({
        query: `{ ${times(60, (n) => `a${n}: contacts(first: 100) { nodes { id name notes interactions(first: 100) { nodes { id } } } }`)} }`,
      }),
  },
  {
    name: 'fragments in a circle',
    sent: () =>
      json({ query: '{ contacts { nodes { ...A } } } fragment A on Contact { ...B } fragment B on Contact { ...A }' }),
  },
  {
    name: 'fragments that double forty times',
    sent: () => json({ query: `{ contacts(first: 1) { nodes { ...F0 } } } ${doubling(40, 'Contact', 'id')}` }),
    answered: true,
  },
  {
    name: 'fragments that double at the root',
    sent: () => json({ query: `{ ...F0 } ${doubling(40, 'Query', 'account { id }')}` }),
    answered: true,
  },
  {
    name: 'doubling fragments of pages',
    sent: () =>
      json({
        query: `{ ...F0 } ${doubling(200, 'Query', 'contacts(first: 100) { nodes { interactions(first: 100) { nodes { id summary channel direction version } } } }')}`,
      }),
  },
  { name: 'ten thousand fields', sent: () => json(contacts(times(10_000, () => 'id'))) },
  { name: 'two thousand equal fields', sent: () => json(contacts(times(1_900, () => 'id'))) },
  {
    name: 'fields that conflict',
    sent: () => json(contacts(times(400, (n) => `a: interactions(first: ${n}) { totalCount }`))),
  },
  { name: 'a text of 900 kB', sent: () => json(filtered({ name: { eq: 'x'.repeat(900_000) } })) },
  { name: 'a body of 2 MB', sent: () => json(filtered({ name: { eq: 'x'.repeat(2_000_000) } })) },
  { name: 'a comment of 900 kB', sent: () => json({ query: `# ${'x'.repeat(900_000)}\n{ nothing }` }) },
  { name: 'a thousand directives', sent: () => json(contacts(`id ${times(1_000, () => '@include(if: true)')}`)) },
  { name: 'directives that are none', sent: () => json(contacts(`id ${times(900, (n) => `@d${n}`)}`)) },
  { name: 'deferred parts', sent: () => json(contacts('... @defer { id }')) },
  {
    name: 'introspection round and round',
    sent: () => json({ query: `{ __schema { types { ${nested(12, 'fields { type { ', 'name', ' } }')} } } }` }),
  },
  {
    name: 'introspection with a thousand types',
    sent: () => json({ query: `{ ${times(500, (n) => `a${n}: __type(name: "Contact") { name }`)} }` }),
  },
  { name: 'a batch', sent: () => json(Array.from({ length: 100 }, () => ({ query: '{ account { id } }' }))) },
  {
    name: 'a mutation by GET',
    sent: () => ({
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent('mutation { revokeKey(id: "x") { __typename } }')}`,
      headers: { 'apollo-require-preflight': '1' },
    }),
  },
  {
    name: 'a simple request of a browser',
    sent: () => raw(JSON.stringify({ query: '{ account { id } }' }), 'text/plain'),
  },
  { name: 'a form of a browser', sent: () => raw('query=%7Baccount%7Bid%7D%7D', 'application/x-www-form-urlencoded') },
  {
    name: 'an upload',
    sent: () =>
      raw(
        '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--',
        'multipart/form-data; boundary=x',
      ),
  },
  {
    name: 'a list of 20,000 ids',
    sent: () =>
      json({ query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: Array(20_000).fill('x') } }),
  },
  {
    name: 'a thousand wrong values',
    sent: () =>
      json({ query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: Array(10_000).fill({}) } }),
  },
  { name: 'a filter of thirty levels', sent: () => json(filtered(JSON.parse(nested(14, '{"and":[', '{}', ']}')))) },
  {
    name: 'a filter of a thousand levels',
    sent: () => raw(`{"query":"{x}","variables":${nested(1_000, '{"not":', '{}', '}')}}`),
  },
  {
    name: 'a thousand conditions',
    sent: () => json(filtered({ or: Array.from({ length: 1_000 }, () => ({ name: { eq: 'x' } })) })),
  },
  {
    name: 'a thousand variables',
    sent: () => json({ query: `query (${times(1_000, (n) => `$v${n}: Int`)}) { account { id } }` }),
  },
  { name: 'five hundred operations', sent: () => json({ query: times(500, (n) => `query Q${n} { account { id } }`) }) },
  {
    name: 'a million rows',
    sent: () =>
      json({
        query:
          '{ contacts(first: 100) { nodes { interactions(first: 100) { nodes { contacts(first: 100) { nodes { id } } } } } } }',
      }),
  },
  { name: 'malformed UTF-8', sent: () => raw(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])) },
  {
    name: 'malformed UTF-8 inside the query',
    sent: () =>
      raw(Buffer.concat([Buffer.from('{"query":"{ acc'), Buffer.from([0xc3, 0x28]), Buffer.from('ount }"}')])),
  },
  { name: 'U+0000 and half a character', sent: () => json(filtered({ name: { in: ['\u0000', '\ud800'] } })) },
  { name: 'no JSON', sent: () => raw('{"query": "{ account') },
  { name: 'a query that is a number', sent: () => json({ query: 1 }) },
  {
    name: 'names of the prototype',
    sent: () => raw('{"query":"{ constructor { __proto__ } }","variables":{"__proto__":{"x":1},"constructor":1}}'),
  },
  {
    name: 'a hash of another query',
    sent: () => json({ query: '{ account { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } }),
  },
];

async function launch({ sent }: Attack): Promise<{ reply: Reply; ms: number }> {
  const { headers, ...rest } = sent();
  const started = performance.now();
  const reply = await send(program, { ...rest, headers: { ...headers, authorization: `Bearer ${program.key}` } });
  return { reply, ms: performance.now() - started };
}

describe('an attack is refused, and never a failure of ours', () => {
  it.each(attacks)('$name', async (attack) => {
    const taken: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { reply, ms } = await launch(attack);
      expect(reply.status).toBeLessThan(500);
      const codes = (reply.body.errors ?? []).map(({ extensions }) => String(extensions.code));
      expect(codes.filter((code) => ['internal', 'unavailable', 'undefined'].includes(code))).toEqual([]);
      expect(reply.status >= 400 || codes.length > 0).toBe(!attack.answered);
      taken.push(ms);
    }
    promised(Math.min(...taken), SOON_MS);
  });
});

it(`of ${OPERATIONS} garbled operations none makes it fail`, async () => {
  const random = chance(SEED);
  const below = (limit: number): number => Math.floor(random() * limit);
  const writer = new OperationWriter(program.schema, random, await seedCareer(program), () => []);
  const words = [
    '{',
    '}',
    '(',
    ')',
    '...',
    ':',
    '@skip',
    '$v0',
    'null',
    '"',
    '-1',
    'on',
    '__typename',
    'nodes',
    '1e999',
    '\u{1F600}',
  ];
  for (let n = 0; n < OPERATIONS; n += 1) {
    const { query, variables } = writer.write();
    const tokens = query.split(/(?<=[\s{}():,])/);
    for (let change = below(4); change > 0; change -= 1) {
      const at = below(tokens.length);
      tokens.splice(
        at,
        below(2),
        ...(random() < 0.5 ? [words[below(words.length)] ?? ''] : [tokens[below(tokens.length)] ?? '']),
      );
    }
    const garbled = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, random() < 0.1 ? { x: -1 } : value]),
    );
    const { status, body } = await ask(program, { query: tokens.join(''), variables: garbled });
    const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
    if (status >= 500 || codes.some((code) => code === 'internal' || code === 'unavailable')) {
      throw new Error(`${status} ${codes.join()}: ${JSON.stringify({ query: tokens.join(''), garbled })}`);
    }
  }
}, 600_000);
