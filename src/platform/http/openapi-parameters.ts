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
    description: 'The name that you give to the other system.',
    schema: { type: 'string', minLength: 1 },
    example: 'linkedin',
  },
  ExternalId: {
    name: 'externalId',
    in: 'path',
    required: true,
    description: 'The id of the resource in the other system.',
    schema: { type: 'string', minLength: 1 },
    example: 'ada-lovelace',
  },
  Event: {
    name: 'event',
    in: 'path',
    required: true,
    description: 'The name of an event, all events of a resource (`account.*`), or all events (`*`).',
    schema: { type: 'string', minLength: 1 },
    example: 'account.updated',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'Your own id for this request. The answer and the log repeat it.',
    schema: { type: 'string', pattern: '^[\\w.:-]{1,128}$' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Makes it safe to send the request again: the first answer is kept for 24 hours and sent again.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'Apply the change only if the resource still has this `ETag`, or one of several, or with `*` only if it exists; otherwise 412 (RFC 9110 §13.1.1).',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'Answer 304, without a body, if the resource still has this `ETag` (RFC 9110 §13.1.2).',
    schema: { type: 'string' },
  },
  IfAbsent: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'With `*`: create the resource, but answer 412 if it exists already (RFC 9110 §13.1.2).',
    schema: { type: 'string' },
    example: '*',
  },
} as const;

/** A parameter of the query that takes several of these names, joined by commas or repeated. */
export function names(name: string, description: string, allowed: readonly string[]) {
  const schema = { type: 'array', items: { type: 'string', enum: [...allowed] } } as const;
  return { name, required: false, in: 'query', description, style: 'form', explode: false, schema } as const;
}

export type ParameterName = keyof typeof PARAMETERS;

/** The parameters of a path: `/v1/things/{id}` has `Id`. */
export function pathParameters(path: string): ParameterName[] {
  const names = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const known = Object.entries(PARAMETERS).filter(
    ([, parameter]) => parameter.in === 'path' && names.has(parameter.name),
  );
  return known.map(([name]) => name as ParameterName);
}
