import { Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, ExecutionArgs, GraphQLFormattedError } from 'graphql';
import type { Request } from '../../auth/request.js';
import { Log } from '../../config/log.js';
import { formatGraphqlError } from '../../errors/graphql-error.js';
import { Problem } from '../../errors/problem.js';
import { crowdRefusal } from '../lane/price.js';
import { LONGEST_DOCUMENT, MOST_ERRORS, MOST_TOKENS, TOO_LONG, limits } from '../limits.js';

/** An operation as a stream's client sends it. */
export interface SentSubscription {
  readonly query?: string | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const ELSEWHERE = 'Only subscriptions are served here. Send queries and mutations to POST /graphql.';
const RULES = [...specifiedRules, limits];

/** What both transports of subscriptions share: what they accept, and the errors they return. */
@Injectable()
export class Operations {
  private readonly formatted: ReturnType<typeof formatGraphqlError>;

  constructor(
    private readonly host: GraphQLSchemaHost,
    log: Log,
  ) {
    this.formatted = formatGraphqlError(log);
  }

  /** The validated operation, ready to run, or its errors. */
  prepare(sent: SentSubscription, req: Request): ExecutionArgs | readonly GraphQLError[] {
    const document = parsed(sent.query ?? '');
    if (document instanceof GraphQLError) return [document];
    const { schema } = this.host;
    const errors = validate(schema, document, RULES, { maxErrors: MOST_ERRORS }).map(judged);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, sent.operationName);
    if (!operation) return [coded('Unknown operation: name one of the document.', 'OPERATION_RESOLUTION_FAILURE')];
    if (operation.operation !== 'subscription') return [wrapped(new Problem('unprocessable', ELSEWHERE))];
    const contextValue = { req, reply: { header: () => undefined } };
    const { operationName, variables } = sent;
    const refusal = crowdRefusal(operation, variables);
    if (refusal) return [refusal];
    return { schema, document, operationName, variableValues: variables, contextValue };
  }

  /** Errors in the format of all GraphQL answers: codes in `extensions`, unexpected failures masked. */
  told(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    return errors.map((error) => {
      const known = isOfVariables(error) ? coded(error.message, 'BAD_USER_INPUT', error) : error;
      return this.formatted(known.toJSON(), known.originalError ?? known);
    });
  }
}

/** The value of a streamed event. There is none if the subscription came over plain HTTP. */
export function onlyStreamed<T>(event: T | undefined): T {
  if (event) return event;
  throw new Problem('unprocessable', 'Subscriptions are served over a WebSocket on /graphql and over /graphql/stream.');
}

/** graphql-js checks variables before anything runs: such an error has no path and no original error. */
function isOfVariables({ path, originalError, extensions }: GraphQLError): boolean {
  const own = originalError === undefined || originalError instanceof GraphQLError;
  return own && path === undefined && extensions.code === undefined;
}

function parsed(query: string): DocumentNode | GraphQLError {
  if (query.length > LONGEST_DOCUMENT) return coded(TOO_LONG, 'too_complex');
  try {
    return parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    return error instanceof GraphQLError ? coded(error.message, 'GRAPHQL_PARSE_FAILED', error) : wrapped(error);
  }
}

function judged(error: GraphQLError): GraphQLError {
  return error.extensions.code === undefined ? coded(error.message, 'GRAPHQL_VALIDATION_FAILED', error) : error;
}

function coded(message: string, code: string, at?: GraphQLError): GraphQLError {
  const { nodes = null, source = null, positions = null } = at ?? {};
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}

/** Any error as a GraphQLError. */
export function wrapped(failure: unknown): GraphQLError {
  const originalError = failure instanceof Error ? failure : new Error(String(failure));
  return new GraphQLError(originalError.message, { originalError });
}
