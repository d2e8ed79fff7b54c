import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import type { Log } from '../config/log.js';
import { problemOf } from './sqlstate.js';
import { Problem } from './problem.js';
import { asProblem, detailsOf } from './problem.filter.js';

/** Errors that graphql-js and Apollo report themselves, before any resolver runs. Their messages are only about the document. */
const DOCUMENT_CODES: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'malformed_document',
  GRAPHQL_VALIDATION_FAILED: 'invalid_document',
  BAD_USER_INPUT: 'invalid_input',
  BAD_REQUEST: 'malformed_body',
  OPERATION_RESOLUTION_FAILURE: 'unknown_operation',
  PERSISTED_QUERY_NOT_FOUND: 'persisted_query_not_found',
  PERSISTED_QUERY_NOT_SUPPORTED: 'persisted_query_not_supported',
};

/** A message of graphql-js with names of usual lengths, and what is kept of a longer one. */
const LONGEST_MESSAGE = 500;
const MOST_KEPT = 200;

/** The same codes and details as REST, in `extensions`; unexpected errors are masked and logged. */
export function formatGraphqlError(
  log: Log,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { path, locations } = formatted;
    const message = shortened(formatted.message);
    const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
    const own = String(formatted.extensions?.code ?? '');
    if (own === 'too_complex' || isTooComplex(error)) return { message, ...place, extensions: { code: 'too_complex' } };
    const original = problemOf(ofVariables(error) ?? unwrapResolverError(error));
    const known = DOCUMENT_CODES[own] ?? (isOfGraphql(error) ? 'invalid_input' : undefined);
    if (known && !(original instanceof Problem))
      return {
        message,
        ...place,
        extensions: { code: known, ...variablePlace(message, own) },
      };
    const problem = asProblem(original);
    if (problem.status >= 500) log.failure(original, 'graphql');
    return {
      message: problem.message,
      ...place,
      extensions: { code: problem.code, status: problem.status, ...detailsOf(problem) },
    };
  };
}

/** The refusal of the variables, which are judged before any resolver runs. */
function ofVariables(error: unknown): Problem | null {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  return original instanceof Problem ? original : null;
}

/** Messages of graphql-js repeat names and values of the document, which can be as long as the document. */
function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, MOST_KEPT).toWellFormed()}…`;
}

/** graphql-js and Apollo refuse a few things without a code, such as more than 50 wrong variables: no resolver was reached. */
function isOfGraphql(error: unknown): boolean {
  return error instanceof GraphQLError && error.originalError === undefined && error.path === undefined;
}

/** Apollo replaces the code of a validation rule and keeps the original error inside. */
function isTooComplex(error: unknown): boolean {
  const reported = error instanceof GraphQLError ? error.originalError : undefined;
  return reported instanceof GraphQLError && reported.extensions.code === 'too_complex';
}

/** graphql-js checks variables itself, and names the place only in its message: `got invalid value … at "input.priority"; …`. */
function variablePlace(message: string, code: string): object {
  if (code !== 'BAD_USER_INPUT') return {};
  const path =
    / at "([\w.[\]]+)";/
      .exec(message)?.[1]
      ?.replaceAll(/\[(\d+)\]/g, '.$1')
      .split('.')
      .slice(1) ?? [];
  return { errors: [{ pointer: `/${path.join('/')}`, code: 'wrongType', detail: message }] };
}
