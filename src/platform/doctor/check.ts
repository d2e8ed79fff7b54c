import type { Run, Tx } from '../database/tx.js';

/** A row, and what is wrong with it, as a sentence that follows its noun; null when nothing is. */
export interface Examined {
  readonly accountId: string;
  readonly id: string;
  readonly wrong: string | null;
}

/** A row that breaks a promise. */
export interface Finding {
  readonly check: string;
  /** What the row is, as a noun: `account`. */
  readonly type: string;
  readonly accountId: string;
  readonly id: string;
  readonly wrong: string;
  readonly remedy: string;
}

/** The rows of an examination after one, in the order of their accounts and ids, and at most so many. */
export interface PageOfRows {
  readonly accountId: string;
  readonly id: string;
  readonly limit: number;
}

/** What an examination knows besides the rows. */
export interface Circumstances {
  readonly run: Run;
  readonly now: Date;
  /** A worker has been connected for a minute, so what was due before that should be done. */
  readonly workerRuns: boolean;
}

/** A promise about every row of a table, how it is checked, and how it is kept again. */
export interface Check {
  /** Short, in snake_case: `rings_as_planned`. */
  readonly name: string;
  /** What its rows are, as a noun: `account`. */
  readonly type: string;
  /** What to do about a finding, for a person. */
  readonly remedy: string;
  /** Examines one page of rows. A page with fewer rows than the limit is the last. */
  readonly examine: (page: PageOfRows, circumstances: Circumstances) => Promise<readonly Examined[]>;
  /** Mends one row in its account's own transaction, with the usual events; null when only a person can. Twice is once. */
  readonly repair: ((tx: Tx, id: string) => Promise<void>) | null;
}

export interface RowCheck extends Pick<Check, 'name' | 'type' | 'remedy' | 'repair'> {
  /** The table whose rows are examined, or a subquery. */
  readonly rows: string;
  /** An SQL expression over its row `t`: what is wrong with it, or null. */
  readonly wrong: string;
}

/** A check that one SQL expression can make. `now()` in it is the program's clock. */
export function rowCheck({ rows, wrong, ...check }: RowCheck): Check {
  const expression = wrong.replaceAll('now()', '$4::timestamptz');
  const text = `select t.account_id as "accountId", t.id, ${expression} as wrong from ${rows} t
    where (t.account_id, t.id) > ($1::uuid, $2::uuid) and $4::timestamptz is not null
    order by t.account_id, t.id limit $3`;
  return {
    ...check,
    examine: ({ accountId, id, limit }, { run, now }) => run<Examined>({ text, values: [accountId, id, limit, now] }),
  };
}
