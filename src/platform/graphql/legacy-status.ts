import type { GraphQLRequest, GraphQLResponse } from '@apollo/server';

const GRAPHQL_MEDIA_TYPE = 'application/graphql-response+json';
const OF_THE_DOCUMENT: ReadonlySet<string> = new Set([
  'malformed_document',
  'invalid_document',
  'invalid_input',
  'too_complex',
]);

/**
 * A client that does not name GraphQL's own media type takes any status but 200 for a failure of the transport, so a
 * document or variables that are refused are 200 for it, and 400 for all others (GraphQL over HTTP, §6.4).
 */
export function answerLegacyClients({ http }: GraphQLRequest, { body, http: head }: GraphQLResponse): void {
  if (head.status !== 400 || body.kind !== 'single' || 'data' in body.singleResult) return;
  const codes = (body.singleResult.errors ?? []).map(({ extensions }) => String(extensions?.code));
  const legacy = http?.headers.get('accept')?.includes(GRAPHQL_MEDIA_TYPE) !== true;
  if (legacy && codes.every((code) => OF_THE_DOCUMENT.has(code))) head.status = 200;
}
