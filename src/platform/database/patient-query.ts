import pg from 'pg';
import type { Connection, Submittable } from 'pg';
import type { Statement } from './tx.js';

/** Sets both limits and finds no row. They end with the transaction, so they hold behind a pooler too. */
const LIMITS = `select from (select set_config('statement_timeout', $1, true) as one, set_config('lock_timeout', $2, true) as other offset 0) t
  where t.one is null and t.other is null`;

/** What pg's own query does, as far as it is used here; its types leave it out. */
interface Extended extends Submittable {
  prepare(connection: Connection): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}

interface Wire {
  parse(message: { text: string; name: string }): void;
  bind(message: { values: string[] }): void;
  execute(message: object): void;
}

const ExtendedQuery = pg.Query as unknown as new (config: object) => Extended;

/**
 * One statement with a time limit, in one round trip: the limits and the statement are sent together, and what comes before a Sync is
 * one transaction (PostgreSQL, "Extended Query", Pipelining). A transaction of three round trips would do the same.
 */
export class PatientQuery extends ExtendedQuery {
  private isLimited = false;

  /** @param patienceMs how long the statement may take, in milliseconds; half of it may be spent on waiting for a lock */
  constructor(
    { text, values }: Statement,
    private readonly patienceMs: number,
  ) {
    super({ text, values: [...values], queryMode: 'extended' });
  }

  override prepare(connection: Connection): void {
    const wire = connection as unknown as Wire;
    const limits = [Math.ceil(this.patienceMs), Math.ceil(this.patienceMs / 2)];
    wire.parse({ text: LIMITS, name: '' });
    wire.bind({ values: limits.map(String) });
    wire.execute({});
    super.prepare(connection);
  }

  /** The first one is that of the limits. */
  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.isLimited) super.handleCommandComplete(message, connection);
    this.isLimited = true;
  }
}
