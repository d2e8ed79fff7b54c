/** Parameters that the program reads for every operation of a kind, so that no controller repeats them. */
export const PARAMETERS = {
  Id: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'The id of the resource, a UUID (RFC 9562).',
    schema: { type: 'string', format: 'uuid' },
    example: '01977f2e-6c00-7000-8000-0123456789ab',
  },
  Source: {
    name: 'source',
    in: 'path',
    required: true,
    description: 'The other system, as you call it.',
    schema: { type: 'string', minLength: 1 },
    example: 'linkedin',
  },
  ExternalId: {
    name: 'externalId',
    in: 'path',
    required: true,
    description: 'What the other system calls the resource.',
    schema: { type: 'string', minLength: 1 },
    example: 'ada-lovelace',
  },
  Event: {
    name: 'event',
    in: 'path',
    required: true,
    description: "An event's name, all of a noun (`account.*`), or everything (`*`).",
    schema: { type: 'string', minLength: 1 },
    example: 'account.updated',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'An id of your own for this request, which the answer and the log repeat.',
    schema: { type: 'string', pattern: '^[\\w.:-]{1,128}$' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Makes it safe to send this again: the first answer is kept for 24 hours and repeated.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'Change it only if it still is this version: the `ETag` that was read (RFC 9110 §13.1.1).',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'Answer 304, without a body, if it still is this version (RFC 9110 §13.1.2).',
    schema: { type: 'string' },
  },
} as const;

export type ParameterName = keyof typeof PARAMETERS;

/** The parameters of a path: `/v1/things/{id}` has `Id`. */
export function pathParameters(path: string): ParameterName[] {
  const names = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const known = Object.entries(PARAMETERS).filter(
    ([, parameter]) => parameter.in === 'path' && names.has(parameter.name),
  );
  return known.map(([name]) => name as ParameterName);
}
