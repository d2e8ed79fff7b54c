import { aboutProblem, allProblems } from '../errors/problem.js';
import type { ProblemCode } from '../errors/problem.js';

/** The name of each error status in the document, and what to do about it. */
const REFUSALS: Readonly<Record<number, { readonly name: string; readonly advice: string }>> = {
  400: {
    name: 'BadRequest',
    advice: 'Correct the address or the header that `errors` names, or the syntax. The same request will fail again.',
  },
  401: { name: 'Unauthenticated', advice: 'Send a key that is valid: `Authorization: Bearer kith_…`.' },
  403: { name: 'Forbidden', advice: 'Use a key that has the scope named in `detail`.' },
  404: { name: 'NotFound', advice: 'Check the address: there is no such resource in this account, or it was deleted.' },
  405: { name: 'MethodNotAllowed', advice: 'Use a method that the header `Allow` names.' },
  406: { name: 'NotAcceptable', advice: 'Accept `application/json`.' },
  408: { name: 'RequestTimeout', advice: 'Send the whole request faster.' },
  409: { name: 'Conflict', advice: 'Read the resource again; `detail` says which state prevents the request.' },
  410: { name: 'Gone', advice: 'Start again: what you requested is no longer kept.' },
  412: {
    name: 'PreconditionFailed',
    advice: 'The resource has changed, exists already or is missing: read it again, then decide.',
  },
  413: { name: 'PayloadTooLarge', advice: 'Send less at once: 1 MB at most, a file 20 MB, a mail 8 MB.' },
  414: { name: 'UriTooLong', advice: 'Send a shorter address.' },
  415: { name: 'UnsupportedMediaType', advice: 'Send the media type that this operation lists.' },
  422: {
    name: 'Unprocessable',
    advice: 'Correct the input: `detail` says why it cannot be carried out, and `errors` names every invalid field.',
  },
  428: { name: 'PreconditionRequired', advice: 'Send `If-Match` with the version that you want to change.' },
  429: { name: 'TooManyRequests', advice: 'Wait for the seconds in `Retry-After`.' },
  431: { name: 'HeadersTooLarge', advice: 'Send less than 16 kB of headers, including the address.' },
  500: { name: 'Failure', advice: 'The program failed: the log has the details under the `requestId`.' },
  503: { name: 'Unavailable', advice: 'Try again after the seconds in `Retry-After`.' },
};

/** One kind of problem, for people. */
export interface ProblemKind {
  readonly code: ProblemCode;
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly advice: string;
}

/** Every kind of problem, by status and code. */
export function problemKinds(): readonly ProblemKind[] {
  const codes = allProblems().map(([code]) => code as ProblemCode);
  return codes
    .flatMap((code) => {
      const { status, inBody, title } = aboutProblem(code);
      const type = `urn:kith:problem:${code}`;
      const statuses = inBody ? [status, inBody] : [status];
      return statuses.map((status) => ({ code, type, status, title, advice: REFUSALS[status]?.advice ?? '' }));
    })
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

/** `components.responses`: one for each status that a problem has, with an example of each of its codes. */
export function refusalResponses(): Record<string, unknown> {
  return Object.fromEntries(
    statuses().map(([status, { name, advice }]) => [
      name,
      {
        description: advice,
        headers: headersOf(status),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(
              problemKinds()
                .filter((kind) => kind.status === status)
                .map((kind) => [kind.code, { summary: kind.title, value: problemExample(kind) }]),
            ),
          },
        },
      },
    ]),
  );
}

/** References for those of the statuses for which the program has a problem. */
export function refusalsFor(wanted: readonly number[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statuses()
      .filter(([status]) => wanted.includes(status))
      .map(([status, { name }]) => [String(status), { $ref: `#/components/responses/${name}` }]),
  );
}

function statuses(): [number, { readonly name: string; readonly advice: string }][] {
  const known = new Set(problemKinds().map(({ status }) => status));
  return [...known].sort((a, b) => a - b).map((status) => [status, named(status)]);
}

function named(status: number): { readonly name: string; readonly advice: string } {
  const found = REFUSALS[status];
  if (!found) throw new Error(`Say in openapi-refusals.ts what a ${status} is called and what to do about it.`);
  return found;
}

const INVALID_FIELD = { pointer: '/name', code: 'isString', detail: 'name must be a text.' };
const INVALID_PARAMETER = {
  pointer: 'first',
  code: 'outOfRange',
  detail: 'first must be a whole number from 1 to 100.',
};

function problemExample({ code, type, status, title }: ProblemKind): object {
  const errors = code === 'invalid_input' ? [status === 422 ? INVALID_FIELD : INVALID_PARAMETER] : [];
  return {
    type,
    title,
    status,
    detail: errors[0]?.detail ?? `${title}.`,
    instance: '/v1/account',
    code,
    ...(errors.length > 0 ? { errors } : {}),
    ...(status >= 500 ? { requestId: '4f0f0d3c-6f1f-4a8e-9f0a-1f2e3d4c5b6a' } : {}),
  };
}

function headersOf(status: number): Record<string, { $ref: string }> {
  const names = {
    401: ['WwwAuthenticate'],
    405: ['Allow'],
    429: ['RateLimit', 'RateLimitPolicy', 'RetryAfter'],
    503: ['RetryAfter'],
  }[status];
  return Object.fromEntries(
    ['RequestId', ...(names ?? [])].map((name) => [
      HEADERS[name]?.header ?? name,
      { $ref: `#/components/headers/${name}` },
    ]),
  );
}

interface Header {
  /** The field's name on the wire. */
  readonly header: string;
  readonly description: string;
  readonly example: string | number;
}

/** Every header that an answer may carry. */
export const HEADERS: Readonly<Record<string, Header>> = {
  RequestId: {
    header: 'X-Request-Id',
    description: 'The id of this request, as in the log: the one you sent, or a new one.',
    example: '4f0f0d3c-6f1f-4a8e-9f0a-1f2e3d4c5b6a',
  },
  ETag: {
    header: 'ETag',
    description: 'The version of this representation (RFC 9110 §8.8.3), for `If-Match` and `If-None-Match`.',
    example: '"3"',
  },
  Location: {
    header: 'Location',
    description: 'Where the new resource is (RFC 9110 §10.2.2).',
    example: '/v1/webhooks/01977f2e-6c00-7000-8000-0123456789ab',
  },
  Link: {
    header: 'Link',
    description: 'The next page, as `rel="next"` (RFC 8288); absent on the last page.',
    example: '</v1/keys?first=50&after=eyJ2>; rel="next"',
  },
  Allow: {
    header: 'Allow',
    description: 'The methods that this address allows (RFC 9110 §10.2.1).',
    example: 'GET, POST',
  },
  WwwAuthenticate: {
    header: 'WWW-Authenticate',
    description: 'How to authenticate (RFC 9110 §11.6.1).',
    example: 'Bearer realm="kith"',
  },
  RetryAfter: {
    header: 'Retry-After',
    description: 'Seconds to wait before the next try (RFC 9110 §10.2.3).',
    example: 1,
  },
  RateLimit: {
    header: 'RateLimit',
    description: 'The requests that are left, and the seconds until the limit is reset.',
    example: '"key";r=0;t=12',
  },
  RateLimitPolicy: { header: 'RateLimit-Policy', description: 'The limit of this key.', example: '"key";q=600;w=60' },
  IdempotencyReplayed: {
    header: 'Idempotency-Replayed',
    description: '`true` when this is the stored answer to an earlier request with the same `Idempotency-Key`.',
    example: 'true',
  },
};

/** `components.headers`. */
export function headerComponents(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(HEADERS).map(([name, { description, example }]) => [
      name,
      { description, schema: { type: typeof example === 'number' ? 'integer' : 'string' }, example },
    ]),
  );
}
