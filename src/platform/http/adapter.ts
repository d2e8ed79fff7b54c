import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonDepthExceeds, jsonMembersExceed } from '../../kit/json-depth.js';
import { asProblem, sendProblem } from '../errors/problem.filter.js';
import type { RequestTimes } from '../config/config.js';
import { Problem } from '../errors/problem.js';
import { JsonText } from '../projection/json-text.js';
import { describeAnswers } from './representation.js';
import { rememberRoutes } from '../errors/known-routes.js';
import { parseQueryString } from './query-string.js';
import { refuseUnreadable } from './unreadable-request.js';

/** The largest body, in bytes, and the largest file. */
const LARGEST_BODY = 1_048_576;
const LARGEST_IMPORT = 20 * 1_048_576;
/** How often Node looks for requests that take too long. */
const CHECK_MS = 500;
/** A connection on which nothing moves for this long is closed, such as one whose client does not read the answer. */
const IDLE_MS = 120_000;
/** class-transformer overflows the stack at about 3,000 levels, an 18 kB body. */
const DEEPEST_JSON = 32;
/** Values in one body. V8 takes 40 ms to parse an object of 60,000 names, and serves nobody else meanwhile. */
const MOST_VALUES = 50_000;
/** After parsing a body above this size, in bytes, everybody else has a turn before it is checked. */
const LARGE = 65_536;
/** How often a stop closes connections that have become idle. */
const SWEEP_MS = 20;

/**
 * What helmet sends by default, with a content policy for an API. They are constant: computing them
 * for each request took 7 % of the time of a point read.
 */
const SAFE_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
} as const;

/** The HTTP server: its own request ids and parsers; JSON text of PostgreSQL is sent unchanged. */
export function httpAdapter({ headersMs, requestMs }: RequestTimes): FastifyAdapter {
  const adapter = new FastifyAdapter({
    http: { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: CHECK_MS },
    requestTimeout: requestMs,
    connectionTimeout: IDLE_MS,
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: 'idle',
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }) =>
      requestId(request.headers['x-request-id']),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, request, asProblem(error)),
    clientErrorHandler: refuseUnreadable,
    routerOptions: { querystringParser: parseQueryString, ignoreTrailingSlash: false },
  });
  const server = adapter.getInstance() as unknown as FastifyInstance;
  rememberRoutes(server);
  parseBodies(server);
  server.setReplySerializer((answer) => (answer instanceof JsonText ? answer.text : JSON.stringify(answer)));
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SAFE_HEADERS).header('x-request-id', request.id);
    // Private unless a route says otherwise: nobody between keeps what was meant for one key (RFC 9111 §5.2.2.5).
    void reply.header('cache-control', 'no-store');
    done();
  });
  describeAnswers(server);
  closesWhenAnswered(server);
  return adapter;
}

/** Node closes idle connections once, at the beginning of a stop; a connection that becomes idle later would delay the stop by 72 s. */
function closesWhenAnswered(server: FastifyInstance): void {
  server.addHook('preClose', (done) => {
    const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS).unref();
    server.server.once('close', () => clearInterval(sweep));
    done();
  });
}

/** The caller's id if it is a plain token, otherwise a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

type Parsed = (error: Error | null, value?: unknown) => void;

function parseBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const json = server.getDefaultJsonParser('error', 'error') as (
    request: FastifyRequest,
    body: string,
    done: Parsed,
  ) => void;
  const parse = (request: FastifyRequest, body: string, done: Parsed): void => {
    if (body === '') return done(null, undefined);
    const beyond = excessOf(Buffer.from(body));
    if (beyond) return done(beyond);
    json(request, body, (error: Error | null, value?: unknown) => {
      const pass = (): void => done(error ? unreadable(error) : null, value);
      if (body.length > LARGE) setImmediate(pass);
      else pass();
    });
  };
  server.addContentTypeParser(['application/json', 'application/merge-patch+json'], { parseAs: 'string' }, parse);
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(body === '' ? null : new Problem('unsupported_media_type', 'Forms are not supported: send JSON.')),
  );
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, _body, done) => done(unsupported(request)));
  // As bytes: which encoding they are in, only the reader of the file can tell.
  server.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: LARGEST_IMPORT }, (_request, body, done) =>
    done(null, body),
  );
}

/** The bound that a JSON text exceeds, found before it is parsed; or null. */
function excessOf(body: Buffer): Problem | null {
  if (jsonDepthExceeds(body, DEEPEST_JSON))
    return new Problem('malformed_body', `The body nests deeper than ${DEEPEST_JSON} levels.`);
  if (!jsonMembersExceed(body, MOST_VALUES)) return null;
  const most = MOST_VALUES.toLocaleString('en');
  return Problem.field('', 'tooManyValues', `The body holds more than ${most} values. Send less at once.`);
}

/** The refusal of a body whose media type the route does not read. */
export function unsupported({ headers, routeOptions }: FastifyRequest): Problem {
  const { takesFile = 'application/json' } = (routeOptions.config ?? {}) as { readonly takesFile?: string };
  const type = headers['content-type']?.slice(0, 100) ?? 'A body without a content type';
  return new Problem('unsupported_media_type', `${type} is not supported here: send ${takesFile}.`);
}

function unreadable(error: Error): Problem {
  return new Problem('malformed_body', `The body is not valid JSON: ${error.message.slice(0, 200)}`);
}
