import pg from 'pg';

type Query = (...given: unknown[]) => unknown;

/** Runs a function and collects the text of every statement that this pool's clients send in the meantime. */
export async function countStatements<R>(work: () => PromiseLike<R>): Promise<{ result: R; statements: string[] }> {
  const statements: string[] = [];
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function recorded(this: unknown, ...given: unknown[]) {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
    if (text && !text.includes('pg_notify')) statements.push(text.replace(/^begin;.*/, 'begin'));
    return query.apply(this, given);
  };
  try {
    return { result: await work(), statements };
  } finally {
    prototype.query = query;
  }
}
