import type { OpenAPIObject } from '@nestjs/swagger';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';

/** REST operations without a GraphQL equivalent, and why. */
const REST_ALONE: Readonly<Record<string, string>> = {
  live: 'a probe asks one address and reads one status',
  ready: 'a probe asks one address and reads one status',
  exportAccount: 'a file that may be larger than an answer of GraphQL, sent while it is read',
  importAccount:
    'a file that may be larger than a request of GraphQL; over GraphQL, `transfer` shows what became of it',
  listHooks: 'the protocol of REST hooks; over GraphQL, `webhooks` filtered by `restHook`',
  createHook: 'the protocol of REST hooks; over GraphQL, `createWebhook` with `restHook`',
  getHook: 'the protocol of REST hooks; over GraphQL, `webhook`',
  deleteHook: 'the protocol of REST hooks; over GraphQL, `deleteWebhook`',
  listHookSamples: 'the protocol of REST hooks; over GraphQL, `webhookPreview`',
};

/** GraphQL fields without a REST equivalent, and why. */
const GRAPHQL_ALONE: Readonly<Record<string, string>> = {
  node: 'Relay refetches by id alone; over REST the address names the resource',
  nodes: 'Relay refetches by id alone; over REST the address names the resource',
  events: 'REST pages through `GET /v1/changes`, and webhooks push',
};

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

/** An operation that only one face has, without a reason, or a reason whose operation no longer exists. */
export class Disparity extends Error {}

/**
 * Every REST operation and its GraphQL equivalent, as Markdown.
 * @throws Disparity when one has no equivalent and no reason is given here.
 */
export function parityTable(document: OpenAPIObject, schema: GraphQLSchema): string {
  const operations = operationsOf(document);
  const fields = fieldsOf(schema);
  const twins = new Set(operations.map(({ id }) => twinOf(id)));
  refuse(
    operations.filter(({ id }) => !fields.has(twinOf(id)) && !REST_ALONE[id]).map(({ id }) => `REST alone has ${id}`),
    [...fields.keys()]
      .filter((name) => !twins.has(name) && !GRAPHQL_ALONE[name])
      .map((name) => `GraphQL alone has ${name}`),
    Object.keys(REST_ALONE).filter((id) => fields.has(twinOf(id)) || !operations.some((known) => known.id === id)),
    Object.keys(GRAPHQL_ALONE).filter((name) => twins.has(name) || !fields.has(name)),
  );
  const rows = operations.map(({ id, method, path }) => {
    const field = fields.get(twinOf(id));
    return `| \`${method} ${path}\` | \`${id}\` | ${field ? `\`${field}\`` : `none: ${REST_ALONE[id] ?? ''}`} |`;
  });
  const alone = Object.entries(GRAPHQL_ALONE).map(
    ([name, reason]) => `| none: ${reason} | | \`${fields.get(name) ?? ''}\` |`,
  );
  return `# Two faces, one program

What REST can do, GraphQL can do. ${operations.length - Object.keys(REST_ALONE).length} operations have a twin; where one face stands alone, the reason does too.

| REST | operation | GraphQL |
| --- | --- | --- |
${[...rows, ...alone].join('\n')}
`;
}

function operationsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.entries(paths)
    .flatMap(([path, verbs]) =>
      Object.entries(verbs as Record<string, { operationId: string }>).map(([method, { operationId }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path,
      })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
}

/** The name of each field with the kind of its operation: `query contacts`. */
function fieldsOf(schema: GraphQLSchema): Map<string, string> {
  const kinds: [string, GraphQLObjectType | null | undefined][] = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ];
  const named = kinds.flatMap(([kind, type]) =>
    Object.keys(type?.getFields() ?? {}).map((name) => [name, `${kind} ${name}`] as const),
  );
  return new Map(named);
}

/** `listContacts` becomes `contacts`, `getContact` becomes `contact`, and verbs stay the same. */
function twinOf(operation: string): string {
  const [, , noun] = /^(list|get)([A-Z].*)$/.exec(operation) ?? [];
  return noun ? noun.charAt(0).toLowerCase() + noun.slice(1) : operation;
}

function refuse(...findings: readonly string[][]): void {
  const [rest = [], graphql = [], ...needless] = findings;
  const sentences = [...rest, ...graphql, ...needless.flat().map((name) => `the reason for ${name} is not needed`)];
  if (sentences.length > 0) throw new Disparity(`The faces differ; see src/app/parity.ts: ${sentences.join(', ')}.`);
}
