import { Injectable } from '@nestjs/common';
import { Database } from './database.js';

/** The newest migration that this version of the program has, by the number at the end of its name. */
let ownNewest = Infinity;

/** Called with the names of all migrations before the program runs. */
export function knowMigrations(names: readonly string[]): void {
  ownNewest = Math.max(...names.map((name) => Number(/\d+$/.exec(name)?.[0] ?? 0)));
}

/** The newest migration of this version, which names the form of its rows. */
export function newestMigration(): number {
  return ownNewest;
}

const FRESH_MS = 1_000;

/**
 * Whether a newer version of the program has migrated the database. During an update both versions run side by side, and this
 * one leaves to the other what it does not know.
 */
@Injectable()
export class SchemaAge {
  private newer = false;
  private askedAt = -Infinity;

  constructor(private readonly database: Database) {}

  /** At most a second old. A new process takes longer than that between its migrations and its first event. */
  async isNewer(): Promise<boolean> {
    if (this.newer || performance.now() - this.askedAt < FRESH_MS) return this.newer;
    const text = 'select coalesce(max(timestamp), 0)::float8 as newest from migrations';
    const [row] = await this.database.system<{ newest: number }>({ text, values: [] });
    this.askedAt = performance.now();
    this.newer = (row?.newest ?? 0) > ownNewest;
    return this.newer;
  }
}
