/** One invalid place of the input. `pointer` is an RFC 6901 JSON Pointer into the body, or a parameter's name. */
export interface ProblemDetail {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** The HTTP status of a refusal and its title (RFC 9457 §3.1). */
interface About {
  readonly status: number;
  /** Another status if what is wrong is in the body (RFC 9110 §15.5.21), not in the address or a header. */
  readonly inBody?: number;
  readonly title: string;
}

const OWN = {
  invalid_input: { status: 400, inBody: 422, title: 'The input is invalid' },
  malformed_body: { status: 400, title: 'The body cannot be read' },
  malformed_request: { status: 400, title: 'The request cannot be read' },
  invalid_cursor: { status: 400, title: 'The cursor is not valid here' },
  unauthenticated: { status: 401, title: 'A valid key is needed' },
  forbidden: { status: 403, title: 'The key lacks the scope' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  not_acceptable: { status: 406, title: 'No acceptable representation' },
  request_timeout: { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'The state does not allow this' },
  already_exists: { status: 409, title: 'It already exists' },
  idempotency_in_progress: { status: 409, title: 'The first request with this idempotency key is still running' },
  expired_token: { status: 410, title: 'The position is no longer kept: start again' },
  precondition_failed: { status: 412, title: 'A precondition of the request is not met' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  uri_too_long: { status: 414, title: 'The address is too long' },
  unsupported_media_type: { status: 415, title: 'The media type is not supported here' },
  unknown_reference: { status: 422, title: 'The input refers to something that does not exist' },
  idempotency_mismatch: { status: 422, title: 'The idempotency key was used for another request' },
  unprocessable: { status: 422, title: 'The request cannot be carried out' },
  too_complex: { status: 400, title: 'The query asks for too much' },
  too_many_requests: { status: 429, title: 'The rate limit of the key is used up' },
  slow_consumer: { status: 429, title: 'The stream was read too slowly: resume it' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'An unexpected failure' },
  unavailable: { status: 503, title: 'The database is not reachable at the moment' },
} as const satisfies Record<string, About>;

/** A JSON Pointer is empty or begins with a slash; the name of a parameter or of a header does neither, unless nobody knows it. */
function isInBody({ pointer, code }: ProblemDetail): boolean {
  return code !== 'unknownParameter' && (pointer === '' || pointer.startsWith('/'));
}

declare const isDeclared: unique symbol;
/** A code that a feature has declared. */
type DeclaredCode = string & { readonly [isDeclared]: true };
export type ProblemCode = keyof typeof OWN | DeclaredCode;

const problems = new Map<string, About>(Object.entries(OWN));

/** Every error code of this program. The codes of features follow the others of the same status. */
export function allProblems(): readonly (readonly [code: string, about: About])[] {
  const all = Object.entries<About>(OWN);
  for (const [code, about] of problems) {
    if (code in OWN) continue;
    const place = all.findLastIndex(([, { status }]) => status === about.status) + 1;
    all.splice(place === 0 ? all.length : place, 0, [code, about]);
  }
  return all;
}

export function aboutProblem(code: ProblemCode): About {
  const about = problems.get(code);
  if (!about) throw new Error(`The problem ${code} is not declared.`);
  return about;
}

/** Declares a code. Do this beside the place where it is thrown. */
export function declareProblem(code: string, about: About): DeclaredCode {
  if (problems.has(code)) throw new Error(`The problem ${code} is declared twice.`);
  problems.set(code, about);
  return code as DeclaredCode;
}

/** So many invalid places a refusal names; it says how many more there are. */
export const MOST_DETAILS = 20;
/** A refusal repeats little of what the caller sent, and says little more itself. In UTF-16 code units. */
const LONGEST_POINTER = 200;
const LONGEST_DETAIL = 1_000;
const LONGEST_MESSAGE = 2_000;

/**
 * The only class for errors that a caller sees. Both faces show the same code, message and details:
 * REST as `application/problem+json` (RFC 9457), GraphQL in an error's `extensions`.
 */
export class Problem extends Error {
  readonly details: readonly ProblemDetail[];
  /** How many invalid places there are besides those in `details`. */
  readonly moreErrors: number;

  /** @param more invalid places that were only counted. */
  constructor(
    readonly code: ProblemCode,
    message: string,
    details: readonly ProblemDetail[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
    more = 0,
  ) {
    const moreErrors = more + Math.max(0, details.length - MOST_DETAILS);
    const counted = moreErrors > 0 ? ` And ${moreErrors.toLocaleString('en')} more.` : '';
    super(`${cut(message, LONGEST_MESSAGE)}${counted}`);
    this.details = details.slice(0, MOST_DETAILS).map(shortened);
    this.moreErrors = moreErrors;
  }

  get status(): number {
    const { status, inBody } = aboutProblem(this.code);
    return inBody && this.details.some(isInBody) ? inBody : status;
  }

  /** A single invalid field, the most common error. */
  static field(pointer: string, code: string, detail: string): Problem {
    return new Problem('invalid_input', detail, [{ pointer, code, detail }]);
  }

  /** The input refers, at one place, to rows that do not exist. */
  static unknownReference(noun: string, ids: readonly string[], pointer: string): Problem {
    const details = ids.map((id) => {
      return { pointer, code: 'unknownReference', detail: `There is no ${noun} ${id} in this account.` };
    });
    return new Problem('unknown_reference', details.map(({ detail }) => detail).join(' '), details);
  }

  static notFound(noun: string, id: string): Problem {
    return new Problem('not_found', `There is no ${noun} ${id} in this account.`);
  }
}

function shortened({ pointer, code, detail }: ProblemDetail): ProblemDetail {
  return { pointer: cut(pointer, LONGEST_POINTER), code, detail: cut(detail, LONGEST_DETAIL) };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
