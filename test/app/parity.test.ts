import { buildSchema } from 'graphql';
import { Disparity, parityTable } from '../../src/app/parity.js';

const BOTH = 'type Mutation { createContact: ID } type Subscription { events: ID }';
const QUERIES = 'contact: ID contacts: ID node: ID nodes: ID';

const OPERATIONS = {
  '/health/live': { get: 'live' },
  '/health/ready': { get: 'ready' },
  '/v1/account/export': { get: 'exportAccount' },
  '/v1/account/import': { post: 'importAccount' },
  '/v1/hooks': { get: 'listHooks', post: 'createHook' },
  '/v1/hooks/samples/{event}': { get: 'listHookSamples' },
  '/v1/hooks/{id}': { get: 'getHook', delete: 'deleteHook' },
  '/v1/contacts': { get: 'listContacts', post: 'createContact' },
  '/v1/contacts/{id}': { get: 'getContact' },
};

function table(more: { readonly paths?: object; readonly queries?: string } = {}): string {
  const paths = Object.entries({ ...OPERATIONS, ...more.paths }).map(([path, verbs]) => [
    path,
    Object.fromEntries(Object.entries(verbs as object).map(([method, operationId]) => [method, { operationId }])),
  ]);
  const schema = buildSchema(`type Query { ${QUERIES} ${more.queries ?? ''} } ${BOTH}`);
  return parityTable({ paths: Object.fromEntries(paths) } as never, schema);
}

describe('the table of both faces', () => {
  it('puts every operation beside its twin', () => {
    const text = table();
    expect(text).toContain('| `GET /v1/contacts` | `listContacts` | `query contacts` |');
    expect(text).toContain('| `GET /v1/contacts/{id}` | `getContact` | `query contact` |');
    expect(text).toContain('| `POST /v1/contacts` | `createContact` | `mutation createContact` |');
    expect(text).toContain('3 operations have a twin');
  });

  it('says why one stands alone', () => {
    expect(table()).toMatch(/`live` \| none: a probe/);
    expect(table()).toMatch(/none: Relay refetches .* \| `query node`/);
  });

  it('refuses an operation without a twin, a field without one, and a reason that nothing needs', () => {
    expect(() => table({ paths: { '/v1/tags': { get: 'listTags' } } })).toThrow('REST alone has listTags');
    expect(() => table({ queries: 'tags: ID' })).toThrow('GraphQL alone has tags');
    expect(() => table({ queries: 'live: ID' })).toThrow('the reason for live is not needed');
    expect(() => table({ queries: 'tags: ID' })).toThrow(Disparity);
  });
});
