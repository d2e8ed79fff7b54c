import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref?: string }[];
}

/** These change nothing that is there yet, or many things. A sample is made for an endpoint that is there. */
const UNBOUND =
  /^(create(?!WebhookSample)|batch)[A-Z]|^(import[A-Z]\w+|wrapUpEncounter|receiveMessage|catchUp|dismissDuplicate|bulkEditContacts)$/;

const mutations = Object.values(
  buildSchema(readFileSync('schema.graphql', 'utf8')).getMutationType()?.getFields() ?? {},
);
const operations = operationsOf(readFileSync('openapi.yaml', 'utf8'));

it.each(mutations.map(({ name, args }) => [name, args.some((arg) => arg.name === 'ifVersion')] as const))(
  '%s takes `ifVersion`: %s',
  (name, bound) => expect(bound).toBe(!UNBOUND.test(name)),
);

it('whatever takes `If-Match` over REST takes `ifVersion` over GraphQL, and nothing else does', () => {
  const differing = mutations.filter(({ name, args }) => {
    const parameters = operations.get(name)?.parameters ?? [];
    const overRest = parameters.some(({ $ref }) => $ref === '#/components/parameters/IfMatch');
    return overRest !== args.some((arg) => arg.name === 'ifVersion');
  });
  expect(differing.map(({ name }) => name)).toEqual([]);
});

function operationsOf(document: string): ReadonlyMap<string, Operation> {
  const { paths } = parse(document, { maxAliasCount: -1 }) as { paths: Record<string, Record<string, Operation>> };
  const all = Object.values(paths).flatMap((verbs) => Object.values(verbs));
  return new Map(all.map((operation) => [operation.operationId, operation]));
}
