import type { Clock } from '../clock/clock.js';
import { SqlText } from '../projection/sql-text.js';
import type { Statement } from './tx.js';

/** The parts of a statement, of which one may record events, and what it answers. */
interface Written {
  readonly parts: readonly string[];
  /** `select count(*)::int as rung from event` */
  readonly answer: string;
}

/**
 * A statement of the program's own, with no caller whose scopes or zone would matter: written once, and bound each time to
 * its values and the instant. `V` are the values that it names.
 */
export class SystemStatement<V extends Readonly<Record<string, unknown>>> {
  private readonly sql = new SqlText();
  private readonly text: string;

  constructor(write: (sql: SqlText) => Written) {
    const { parts, answer } = write(this.sql);
    this.text = `with ${parts.join(',\n')} ${answer}`;
  }

  /** `account` is of a statement that names one; most are of all accounts. */
  bind(values: V, clock: Clock, account = ''): Statement {
    const run = { account, timeZone: 'UTC', now: clock.forSql(), values: values };
    return { text: this.text, values: this.sql.parameters(run) };
  }
}
