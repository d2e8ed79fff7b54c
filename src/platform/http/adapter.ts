import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asProblem, sendProblem } from '../errors/problem.filter.js';
import type { RequestTimes } from '../config/config.js';
import { Problem } from '../errors/problem.js';
import { writtenJson } from '../projection/json-text.js';
import { STREAMED } from './file-stream.js';
import { fileTypes } from './file-types.js';
import { jsonBodies, takesBytes } from './json-body.js';
import { describeAnswers } from './representation.js';
import { rememberRoutes } from '../errors/known-routes.js';
import { parseQueryString } from './query-string.js';
import { refuseUnreadable } from './unreadable-request.js';

/** The largest body, in bytes. */
export const LARGEST_BODY = 1_048_576;
/** How often Node looks for requests that take too long. */
const CHECK_MS = 500;
/** A connection on which nothing moves for this long is closed, such as one whose client does not read the answer. */
const IDLE_MS = 120_000;
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
  server.setReplySerializer((answer) => writtenJson(answer));
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

function parseBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(['application/json', 'application/merge-patch+json'], { parseAs: 'buffer' }, jsonBodies);
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (request, body, done) => {
    if (takesBytes(request)) done(null, body);
    else done(body.length === 0 ? null : new Problem('unsupported_media_type', 'Forms are not supported: send JSON.'));
  });
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, _body, done) => done(unsupported(request)));
  // Its route reads it while it arrives; the door lets it in nowhere else.
  server.addContentTypeParser(STREAMED, (_request, body, done) => done(null, body));
  // As bytes: which encoding they are in, only the reader of the file can tell.
  for (const [type, bodyLimit] of fileTypes)
    server.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}

/** The refusal of a body whose media type the route does not read. */
export function unsupported({ headers, routeOptions }: FastifyRequest): Problem {
  const { takesFile = 'application/json' } = (routeOptions.config ?? {}) as { readonly takesFile?: string };
  const type = headers['content-type']?.slice(0, 100) ?? 'A body without a content type';
  return new Problem('unsupported_media_type', `${type} is not supported here: send ${takesFile}.`);
}
