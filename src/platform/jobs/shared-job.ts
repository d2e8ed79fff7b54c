import type { Statement } from '../database/tx.js';

/** A row of an account that a job has something to do with. */
export interface Portion {
  readonly accountId: string;
  readonly id: string;
}

/** Which rows a job looks for. */
export interface Wanted {
  /** Those of one account, but for what is set aside; null for those of all accounts of which nothing is. */
  readonly accountId: string | null;
  readonly most: number;
}

/** A job that works on rows of many accounts at once, and can do the same with some of them. */
export interface SharedJob {
  /** Its name, without a quotation mark: statements contain it. */
  readonly name: string;
  /** What its rows are, as a noun: `event`. */
  readonly noun: string;
  /** Finds rows that the job has something to do with now, without locking them. */
  readonly find: (wanted: Wanted) => Statement;
  /**
   * Does these rows, all or none, as far as there is still something to do with them.
   *
   * @param patienceMs how long a statement may take
   */
  readonly some: (portions: readonly Portion[], patienceMs: number) => Promise<unknown>;
}

/** The values of portions, as statements take them. */
export function columnsOf(portions: readonly Portion[]): [string[], string[]] {
  return [portions.map(({ accountId }) => accountId), portions.map(({ id }) => id)];
}

/** The accounts of portions, for a job whose rows are accounts. */
export function accountsOf(portions: readonly Portion[]): string[] {
  return portions.map(({ accountId }) => accountId);
}

/** The rows of each account together. */
export function byAccount(portions: readonly Portion[]): Portion[][] {
  const groups = new Map<string, Portion[]>();
  for (const portion of portions) {
    const group = groups.get(portion.accountId);
    if (group) group.push(portion);
    else groups.set(portion.accountId, [portion]);
  }
  return [...groups.values()];
}

/** At most so many pieces of about the same length, none empty. */
export function cut<T>(items: readonly T[], pieces: number): T[][] {
  const length = Math.ceil(items.length / pieces);
  const count = length === 0 ? 0 : Math.ceil(items.length / length);
  return Array.from({ length: count }, (_, index) => items.slice(index * length, (index + 1) * length));
}
