import { tooLarge } from './answer-size.js';
import { Problem } from './problem.js';

/** Raised by `merged_json`. */
const TOO_LARGE = 'KT001';
/** Raised by `bounded_answer`, with the number of bytes as its message. */
const ANSWER_TOO_LARGE = 'KT002';

interface PgError extends Error {
  readonly code: string;
  readonly constraint?: string;
  readonly column?: string;
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Errors of pg without a code: no connection in time, or a connection that broke during or between statements. */
const CONNECTION_LOST = /timeout exceeded when trying to connect|Connection terminated|is not queryable/;

/** Two transactions conflicted and PostgreSQL asks to repeat the whole transaction (40001 serialization, 40P01 deadlock). */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}

/** A statement took longer than it may, or waited longer for a lock. */
function isTimeout(error: unknown): boolean {
  const code = codeOf(error);
  return code === '57014' || code === '55P03';
}

/** Whether what failed has nothing to do with the rows: the database is away or in trouble, or other transactions were in the way. */
export function isOfAll(error: unknown): boolean {
  const cause = causeOf(error);
  return (isUnavailable(cause) && !isTimeout(cause)) || (codeOf(cause) ?? '') in SERVER_STATES;
}

/** Whether it failed because it took too long: it may go well the next time. */
export function tookTooLong(error: unknown): boolean {
  return isTimeout(causeOf(error));
}

/**
 * Why something failed, for whoever may read the account's failures: in words of the program alone. What PostgreSQL says may hold values of a
 * row that this caller may not read.
 */
export function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  if (isTimeout(cause)) return 'It took too long.';
  if (isPgError(cause)) {
    const of = cause.constraint ? `, constraint ${cause.constraint}` : '';
    return `The database refuses it (state ${cause.code}${of}).`;
  }
  if (cause instanceof Problem) return `It is refused (${cause.code}).`;
  return `The program cannot do it (${cause instanceof Error ? cause.name : typeof cause}).`;
}

/** Why something failed in the words of who refused it, for the operator. */
export function rawReasonOf(error: unknown): string {
  const cause = causeOf(error);
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll('\0', '').toWellFormed();
}

function causeOf(error: unknown): unknown {
  return error instanceof Problem && error.cause !== undefined ? error.cause : error;
}

/** The server or the connection is temporarily unavailable: nothing is wrong with the request. */
function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code === null) return error instanceof Error && CONNECTION_LOST.test(error.message);
  return CONNECTION_CODES.has(code) || /^(08(?!P01)|57P|53300)/.test(code) || isTimeout(error) || isRetryable(error);
}

/**
 * States of the server in which it cannot do what is right about the request, and what its operator does (PostgreSQL, appendix A, error codes). Each passes
 * without a restart of this program.
 */
const SERVER_STATES: Readonly<Record<string, string>> = {
  '25006': 'The database takes no changes at the moment: it is a standby, or set to read-only.',
  '53100': 'The disk of the database is full, so nothing was saved. It goes on by itself when there is space again.',
  '53200': 'The database has no memory left for this. Try again shortly.',
  '53400': 'The database has reached a limit of its configuration. Try again shortly.',
  '58030': 'The database cannot read or write one of its files, so nothing was saved. See its log.',
};

/** An error of PostgreSQL as a message that a caller can act on. Errors that the caller did not cause are returned unchanged. */
export function problemOf(error: unknown): unknown {
  if (!isUnavailable(error) && !isPgError(error)) return error;
  const problem = isUnavailable(error) ? unavailable() : refusalOf(error as PgError);
  if (problem instanceof Problem) problem.cause = error;
  return problem;
}

function unavailable(): Problem {
  const detail = 'The database cannot answer at the moment. Try again shortly.';
  return new Problem('unavailable', detail, [], { 'retry-after': '1' });
}

/** What the caller did wrong, or what state the server is in; else the error itself. */
function refusalOf(error: PgError): Error {
  const state = SERVER_STATES[error.code];
  if (state) return new Problem('unavailable', state, [], { 'retry-after': '10' });
  if (error.code === ANSWER_TOO_LARGE) return tooLarge(Number(error.message));
  if (error.code === TOO_LARGE) {
    const detail = `${error.message}: remove keys with null, or store less.`;
    return Problem.field(`/${error.column ?? ''}`, 'isSmall', detail);
  }
  if (error.code === '23505')
    return new Problem('already_exists', `It already exists (${error.constraint ?? 'unique'}).`);
  if (error.code === '23503')
    return new Problem(
      'unknown_reference',
      `A link points at nothing in this account (${error.constraint ?? 'link'}).`,
    );
  if (error.code.startsWith('22') || /^23(514|502)$/.test(error.code)) {
    return new Problem(
      'invalid_input',
      `A value is outside of what can be stored${error.constraint ? ` (${error.constraint})` : ''}.`,
    );
  }
  return error;
}

function isPgError(error: unknown): error is PgError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
  );
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
