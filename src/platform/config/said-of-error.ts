/**
 * Classes of SQLSTATE whose messages are about the server, the connection, the schema or the statement, in which values are bound (PostgreSQL, appendix A). All
 * others may quote a row: `invalid input syntax for type date: "…"`.
 */
const ABOUT_THE_SERVER = /^(08|25|28|3D|40|42|53|54|55|57|58|XX)/;
/** Their messages speak of code. Those of others quote what they read: `Unexpected token 'A', "Ada Lovel"... is not valid JSON`. */
const ABOUT_CODE = ['Error', 'TypeError', 'ReferenceError'];
/** Node's checks of arguments quote them: `Received 'Ada'`. */
const CHECK_OF_NODE = /^ERR_/;

/**
 * What the log may say of an error: what it is and where, and none of the values that it was about. A log is copied and kept elsewhere, where nobody can take
 * anything out of it. Causes follow.
 */
export function saidOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const own = isOfDatabase(error) ? ofDatabase(error) : ofProgram(error);
  return error.cause === undefined ? own : `${own}, because of ${saidOf(error.cause)}`;
}

/** The places of an error's stack, without its message. */
export function placesOf({ message, stack = '' }: Error): string {
  const end = stack.indexOf(message);
  const behind = end < 0 ? stack : stack.slice(end + message.length);
  return behind
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

interface OfDatabase extends Error {
  readonly code: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly routine?: string;
}

function isOfDatabase(error: Error): error is OfDatabase {
  return 'severity' in error && 'code' in error && typeof error.code === 'string';
}

function ofDatabase({ code, message, table, column, constraint, routine }: OfDatabase): string {
  if (ABOUT_THE_SERVER.test(code)) return `${message} (state ${code})`;
  const places = Object.entries({ table, column, constraint, routine }).filter(([, place]) => place);
  return `the database refuses it (${[['state', code], ...places].map((part) => part.join(' ')).join(', ')})`;
}

function ofProgram(error: Error): string {
  const { name } = error.constructor;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const called = code === null ? name : `${name} ${code}`;
  return ABOUT_CODE.includes(name) && !CHECK_OF_NODE.test(code ?? '') ? `${called}: ${error.message}` : called;
}
