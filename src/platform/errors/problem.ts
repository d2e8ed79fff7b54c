/** One broken rule about one place of the input. `pointer` is an RFC 6901 JSON Pointer into the body, or a parameter's name. */
export interface ProblemDetail {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** The HTTP status of a refusal and its title (RFC 9457 §3.1). */
interface About {
  readonly status: number;
  readonly title: string;
}

const OWN = {
  invalid_input: { status: 400, title: 'The input breaks a rule' },
  malformed_body: { status: 400, title: 'The body cannot be read' },
  malformed_request: { status: 400, title: 'The request cannot be read' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  unauthenticated: { status: 401, title: 'A valid key is needed' },
  forbidden: { status: 403, title: 'The key lacks the scope' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The method is not offered here' },
  not_acceptable: { status: 406, title: 'No representation fits' },
  request_timeout: { status: 408, title: 'The request did not arrive in time' },
  conflict: { status: 409, title: 'The state does not allow this' },
  already_exists: { status: 409, title: 'There is one already' },
  idempotency_in_progress: { status: 409, title: 'The same request is still being carried out' },
  expired_token: { status: 410, title: 'The place is not kept any more: start over' },
  precondition_failed: { status: 412, title: 'The resource has changed meanwhile' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  uri_too_long: { status: 414, title: 'The address is too long' },
  unsupported_media_type: { status: 415, title: 'The media type is not read here' },
  unknown_reference: { status: 422, title: 'The input refers to something that is not there' },
  idempotency_mismatch: { status: 422, title: 'The key was used for another request' },
  unprocessable: { status: 422, title: 'The input cannot be carried out' },
  too_complex: { status: 400, title: 'The query asks for too much at once' },
  too_many_requests: { status: 429, title: 'The key has asked too often' },
  slow_consumer: { status: 429, title: 'The stream was read too slowly: resume it' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'An unexpected failure' },
  unavailable: { status: 503, title: 'The database is not reachable at the moment' },
} as const satisfies Record<string, About>;

declare const isDeclared: unique symbol;
/** A code that a feature refuses with. */
type DeclaredCode = string & { readonly [isDeclared]: true };
export type ProblemCode = keyof typeof OWN | DeclaredCode;

/** Every code this program refuses with. */
export const PROBLEMS: Readonly<Record<string, About>> = { ...OWN };

export function aboutProblem(code: ProblemCode): About {
  const about = PROBLEMS[code];
  if (!about) throw new Error(`The problem ${code} is not declared.`);
  return about;
}

/** Declares a code beside where it is thrown. */
export function declareProblem(code: string, about: About): DeclaredCode {
  if (code in PROBLEMS) throw new Error(`The problem ${code} is declared twice.`);
  Object.assign(PROBLEMS, { [code]: about });
  return code as DeclaredCode;
}

/**
 * The one way to refuse. Both faces show the same code, message and details:
 * REST as `application/problem+json` (RFC 9457), GraphQL in an error's `extensions`.
 */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly details: readonly ProblemDetail[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  get status(): number {
    return aboutProblem(this.code).status;
  }

  /** A single broken field, the most common refusal. */
  static field(pointer: string, code: string, detail: string): Problem {
    return new Problem('invalid_input', detail, [{ pointer, code, detail }]);
  }

  /** The input points at what is not there, at one place of it. */
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
