import type { GraphQLRequest, GraphQLResponse } from '@apollo/server';

const GRAPHQL_MEDIA_TYPE = 'application/graphql-response+json';
const OF_THE_DOCUMENT: ReadonlySet<string> = new Set([
  'malformed_document',
  'invalid_document',
  'invalid_input',
  'too_complex',
]);

/**
 * A client that does not accept GraphQL's media type takes any status but 200 for a failure of the transport, so
 * invalid documents and variables are answered with 200 for such clients, and with 400 for all others (GraphQL over HTTP, §6.4).
 */
export function answerLegacyClients({ http }: GraphQLRequest, { body, http: head }: GraphQLResponse): void {
  if (head.status !== 400 || body.kind !== 'single' || 'data' in body.singleResult) return;
  const codes = (body.singleResult.errors ?? []).map(({ extensions }) => String(extensions?.code));
  const legacy = http?.headers.get('accept')?.includes(GRAPHQL_MEDIA_TYPE) !== true;
  if (legacy && codes.every((code) => OF_THE_DOCUMENT.has(code))) head.status = 200;
}
