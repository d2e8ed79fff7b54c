import type { Clock } from '../clock/clock.js';
import { SqlText } from '../projection/sql-text.js';
import type { Statement } from './tx.js';

/** The parts of a statement, one of which may record events, and its answer. */
interface Written {
  readonly parts: readonly string[];
  /** `select count(*)::int as rung from event` */
  readonly answer: string;
}

/**
 * A statement of the program itself: there is no caller, so scopes and time zone do not matter. It is compiled once,
 * and bound to values and the current instant at each run. `V` are its values by name.
 */
export class SystemStatement<V extends Readonly<Record<string, unknown>>> {
  private readonly sql = new SqlText();
  private readonly text: string;

  constructor(write: (sql: SqlText) => Written) {
    const { parts, answer } = write(this.sql);
    this.text = `with ${parts.join(',\n')} ${answer}`;
  }

  /** `account` is for a statement about one account; most are about all accounts. */
  bind(values: V, clock: Clock, account = ''): Statement {
    const run = { account, timeZone: 'UTC', now: clock.forSql(), values: values };
    return { text: this.text, values: this.sql.parameters(run) };
  }
}
