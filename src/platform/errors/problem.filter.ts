import { Catch, HttpException, Injectable, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log } from '../config/log.js';
import { allowedMethods } from './known-routes.js';
import { Problem, aboutProblem } from './problem.js';
import type { ProblemCode } from './problem.js';

/** Turns every error of either face into a `Problem`, including those of Nest and Fastify, so that all errors have one format. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<'http' | 'graphql'>() !== 'http') return error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = error instanceof NotFoundException ? nothingAt(request) : asProblem(error);
    if (problem.status >= 500) this.log.failure(error, String(request.id));
    sendProblem(http.getResponse<FastifyReply>(), request, problem);
    return undefined;
  }
}

/** The router found no route: either the address does not exist, or only the method is wrong. */
function nothingAt(request: FastifyRequest): Problem {
  const allowed = allowedMethods(request);
  if (allowed.length === 0) return new Problem('not_found', 'There is no such address. /docs lists every address.');
  const detail = `${request.method} is not allowed here. Allowed: ${allowed.join(', ')}.`;
  return new Problem('method_not_allowed', detail, [], { allow: allowed.join(', ') });
}

/** Answers with `application/problem+json`, also where Nest has not been reached yet; on GraphQL's address as GraphQL does. */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  for (const [name, value] of Object.entries(problem.headers)) void reply.header(name, value);
  const isGraphql = request.routeOptions.url === '/graphql';
  void reply
    .status(problem.status)
    .header('content-type', isGraphql ? 'application/json; charset=utf-8' : 'application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(isGraphql ? graphqlBody(problem) : bodyFor(problem, request));
}

function bodyFor(problem: Problem, { url, id }: FastifyRequest): object {
  return problemBody(problem, (url.split('?')[0] ?? '/').slice(0, 500), String(id));
}

/** A refusal of the whole request: nothing of it was carried out, so there is no `data` (GraphQL §7.1). */
function graphqlBody(problem: Problem): object {
  const { code, status, message } = problem;
  return { errors: [{ message, extensions: { code, status, ...detailsOf(problem) } }] };
}

/** The members of RFC 9457, and `code`, `errors` and, for failures of the program, the request id from the log. */
export function problemBody(problem: Problem, instance: string, requestId: string): object {
  return {
    type: `urn:kith:problem:${problem.code}`,
    title: aboutProblem(problem.code).title,
    status: problem.status,
    detail: problem.message,
    instance,
    code: problem.code,
    ...detailsOf(problem),
    ...(problem.status >= 500 ? { requestId } : {}),
  };
}

/** The invalid places, and how many more there are, as both faces show them. */
export function detailsOf({ details, moreErrors }: Problem): object {
  if (details.length === 0) return {};
  return { errors: details, ...(moreErrors > 0 ? { moreErrors } : {}) };
}

/** Any error as a `Problem`; unexpected ones become `internal`, without their message. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = statusOf(error);
  const code = status ? BY_STATUS[status] : undefined;
  if (!code) return new Problem('internal', 'The program failed. The log has the details under the request id.');
  return new Problem(code, error instanceof Error ? sentenceOf(error) : aboutProblem(code).title);
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed_body',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
};

/** Errors of Fastify and Nest have a status. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const marked = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
  return typeof marked === 'number' ? marked : null;
}

function sentenceOf(error: Error): string {
  return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}`.slice(0, 300);
}
