import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';

/** The health of the program. */
export interface Vitals {
  /** How long the database took to answer; null when it did not. */
  readonly answersInMs: number | null;
  /** Migrations that were applied. */
  readonly applied: number;
  /** Whether all migrations that this version of the program needs were applied. */
  readonly current: boolean;
}

@Injectable()
export class Health {
  private needed = 0;

  constructor(private readonly database: Database) {}

  /** Sets the number of migrations that this version of the program needs. */
  needs(migrations: number): void {
    this.needed = migrations;
  }

  /** @throws Problem `unavailable` while the database does not answer, or its schema is older than this program. */
  async ready(): Promise<{ status: 'ok' }> {
    if ((await this.applied()) < this.needed)
      throw new Problem('unavailable', 'The database schema is not up to date yet.');
    return { status: 'ok' };
  }

  async vitals(): Promise<Vitals> {
    const startedAt = performance.now();
    try {
      const applied = await this.applied();
      return {
        answersInMs: Math.max(1, Math.round(performance.now() - startedAt)),
        applied,
        current: applied >= this.needed,
      };
    } catch {
      return { answersInMs: null, applied: 0, current: false };
    }
  }

  private async applied(): Promise<number> {
    const [row] = await this.database.system<{ applied: number }>({
      text: 'select count(*)::int as applied from migrations',
      values: [],
    });
    return row?.applied ?? 0;
  }
}
