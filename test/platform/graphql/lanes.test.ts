import { createHash } from 'node:crypto';
import type { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';
import { chance } from '../../processes/chance.js';
import { tell } from '../../harness/figures.js';
import { ask, send } from './asking.js';
import { OperationWriter } from './operations.js';
import { placesOf } from './places.js';
import { saveFilters } from './saved.js';
import { TwoLanes } from './two-lanes.js';
import { size } from '../../harness/size.js';

const OPERATIONS = size('TEST_OPERATIONS', 2_000, 700);
const SEED = Number(process.env.TEST_SEED ?? 20_260_302);

/** What finds the saved filters that an operation names, all of them at once. */
const LOOK_UP = /^select id, name, list, filter, sort, q from saved_filters /;

let lanes: TwoLanes;
let text: TestProgram;
let ordinary: TestProgram;

beforeAll(async () => {
  lanes = await TwoLanes.start();
  ({ text, ordinary } = lanes);
});
afterAll(() => lanes.stop());

/** The whole answer. Of several fields that fail, which one ends the operation is a matter of time: its code must be the same. */
function said(body: { readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] }): string {
  return JSON.stringify(body.errors?.map(({ extensions: { code } }) => code) ?? body);
}

describe('the text lane', () => {
  it(`answers ${OPERATIONS} generated operations as the ordinary lane does, each with one statement`, async () => {
    const known = await placesOf(text);
    const saved = await saveFilters(text);
    const writer = new OperationWriter(text.schema, chance(SEED), lanes.career, (path) => known.get(path) ?? [], saved);
    await lanes.inBoth({ query: '{ account { id } }' });
    const before = lanes.answered;
    let [plain, lookedUp] = [0, 0];
    for (let n = 0; n < OPERATIONS; n += 1) {
      const operation = writer.write();
      const { result, statements } = await countStatements(() => ask(text, operation));
      const other = await ask(ordinary, operation, text.key);
      const told = `operation ${n} of seed ${SEED}: ${JSON.stringify(operation)}`;
      if (said(result.body) !== said(other.body)) {
        throw new Error(`${told}\ntext: ${result.text.slice(0, 2_000)}\nordinary: ${other.text.slice(0, 2_000)}`);
      }
      expect([told, result.status, result.headers['content-type']]).toEqual([
        told,
        other.status,
        other.headers['content-type'],
      ]);
      if (result.body.errors) continue;
      plain += 1;
      // Once a minute the key is looked up again.
      const own = statements.filter((statement) => !statement.startsWith('update api_keys'));
      const reads = own.filter((statement) => !LOOK_UP.test(statement));
      if (reads.length > 1 || own.length > reads.length + 1) throw new Error(`${own.join('\n')}: ${told}`);
      lookedUp += own.length - reads.length;
    }
    expect(plain).toBeGreaterThan(OPERATIONS * 0.9);
    expect(lookedUp).toBeGreaterThan(OPERATIONS * 0.1);
    tell(`G2: ${OPERATIONS} generated operations of seed ${SEED} in both lanes: none differs.`);
    expect((lanes.answered - before) / OPERATIONS).toBeGreaterThanOrEqual(0.95);
  }, 600_000);

  it('binds ids and cursors, so that their values make no new statement', async () => {
    const list = 'query ($after: String) { contacts(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }';
    const one = 'query ($id: ID!, $other: ID!) { contact(id: $id) { name } node(id: $other) { id } }';
    const seen = new Set<string>();
    let after: unknown = (await ask(text, { query: list })).body.data?.contacts;
    for (let n = 0; n < 4; n += 1) {
      const variables = { after: (after as { pageInfo: { endCursor: string } }).pageInfo.endCursor };
      const page = await countStatements(() => ask(text, { query: list, variables }));
      after = page.result.body.data?.contacts;
      const ids = { id: lanes.career.Contact?.[n], other: lanes.career.Round?.[n] };
      const row = await countStatements(() => ask(text, { query: one, variables: ids }));
      expect(row.result.body.data).toMatchObject({ node: { id: ids.other } });
      for (const statement of [...page.statements, ...row.statements]) seen.add(statement);
    }
    expect(seen.size).toBe(2);
  });

  it('leaves what no projection answers to the ordinary lane, in the same request', async () => {
    const before = lanes.answered;
    const mixed = await lanes.inBoth({
      query: '{ __typename __schema { queryType { name } } contacts(first: 1) { nodes { id } } }',
    });
    expect(mixed[0].body.data).toMatchObject({ __typename: 'Query', __schema: { queryType: { name: 'Query' } } });
    expect(mixed[0].body).toEqual(mixed[1].body);
    expect((await ask(text, { query: '{ __typename }' }, null)).body).toEqual({ data: { __typename: 'Query' } });
    const query = '{ ...F } fragment F on Query { __typename }';
    expect((await ask(text, { query })).body).toEqual({ data: { __typename: 'Query' } });
    expect(lanes.answered).toBe(before);
  });

  it('keeps what HTTP says: the method, the media type, persisted queries', async () => {
    const query = '{ contacts(first: 1) { nodes { name } } }';
    const accept = 'application/graphql-response+json';
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const before = lanes.answered;
    for (const program of [text, ordinary]) {
      const authorization = `Bearer ${text.key}`;
      const headers = { authorization, 'apollo-require-preflight': '1' };
      const got = await send(program, { method: 'GET', path, headers: { ...headers, accept } });
      expect([got.status, got.headers['content-type']]).toEqual([200, `${accept}; charset=utf-8`]);
      const picture = await send(program, {
        ...{ method: 'GET', path },
        headers: { ...headers, accept: 'image/png' },
      });
      expect(picture.status).toBe(406);
      const csrf = await send(program, { method: 'GET', path, headers: { authorization } });
      expect(csrf.status).toBe(400);
      expect((await ask(program, { extensions }, text.key)).body.errors?.[0]?.extensions.code).toBe(
        'persisted_query_not_found',
      );
      expect((await ask(program, { query, extensions }, text.key)).body).toEqual(got.body);
      expect((await ask(program, { extensions }, text.key)).body).toEqual(got.body);
    }
    expect(lanes.answered - before).toBe(4);
  });
});
