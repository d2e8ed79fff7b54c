import { holdsScope } from '../actor/actor.js';
import type { AccountCalendar } from '../actor/actor.js';
import { readableNouns } from '../contract/copies.js';
import { Problem } from '../errors/problem.js';

/** The values that are known only when a compiled statement runs. */
export interface StatementRun {
  readonly account: string;
  /** The caller's scopes; absent when the program itself runs it. */
  readonly scopes?: readonly string[];
  /** The account's settings; absent when the program itself runs it. */
  readonly settings?: AccountCalendar;
  /** IANA zone of the account, for `today` and its like. */
  readonly timeZone: string;
  /** The injected instant; null to use the database's clock. */
  readonly now: Date | null;
  /** The values bound by name: ids to read, values to write. */
  readonly values: Readonly<Record<string, unknown>>;
}

export type Slot = (run: StatementRun) => unknown;

/** A statement being written: text with numbered placeholders, and for each the value's source. */
export class SqlText {
  private readonly slots: Slot[] = [];
  private readonly named = new Map<string, string>();
  private readonly scopes = new Set<string>();

  /** Whether it contains a value of the caller. Such a statement is not prepared under a name. */
  peculiar = false;

  /** A value that belongs to the statement itself. */
  constant(value: unknown, type: string): string {
    this.peculiar = true;
    return this.slot(() => value, type);
  }

  /** A value of each run. */
  value(name: string, type: string): string {
    return this.once(`value ${name}`, (run) => run.values[name], type);
  }

  /** A value computed from each run. */
  computed(of: Slot, type: string): string {
    return this.slot(of, type);
  }

  /** The account, as a parameter at every level: a distributed planner then routes the statement to one place. */
  account(): string {
    return this.once('account', (run) => run.account, 'uuid');
  }

  /** The current instant: the injected clock's, else the database's. */
  now(): string {
    return `coalesce(${this.once('now', (run) => run.now, 'timestamptz')}, now())`;
  }

  timeZone(): string {
    return this.once('timeZone', (run) => run.timeZone, 'text');
  }

  /** The nouns of the resources that the caller may read. */
  readable(): string {
    return this.once('readable', (run) => readableNouns(run.scopes ?? ['*']), 'text[]');
  }

  /** Only a caller with this scope may run it. */
  needs(scope: string | null): void {
    if (scope) this.scopes.add(scope);
  }

  /** @throws Problem `forbidden` when the caller lacks the scope of something that the statement shows. */
  parameters(run: StatementRun): unknown[] {
    for (const scope of this.scopes) {
      if (run.scopes && !holdsScope(run.scopes, scope))
        throw new Problem('forbidden', `This key lacks the scope ${scope}.`);
    }
    return this.slots.map((slot) => slot(run));
  }

  private once(name: string, slot: Slot, type: string): string {
    const known = this.named.get(name);
    if (known) return known;
    const placeholder = this.slot(slot, type);
    this.named.set(name, placeholder);
    return placeholder;
  }

  private slot(slot: Slot, type: string): string {
    this.slots.push(slot);
    return `$${this.slots.length}::${type}`;
  }
}

/** A text as an SQL literal; only for names from the contract, values are always bound. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
