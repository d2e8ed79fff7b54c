import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Finds at once what the program has to do by itself, before it tells anything: over all accounts, and ahead for one of them. Rings that are
 * over and that the scheduler looked at for ever, such as those of digests with `overdueAfter`, wake it no more.
 */
export class ActsFirst1764000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update occurrences set wakes_at = null where wakes_at is not null and state not in ('scheduled', 'open')`,
    );
    const acts = `where kind = 'touch_ahead' and wakes_at is not null`;
    await runner.query(`create index occurrences_acting on occurrences (wakes_at) ${acts}`);
    await runner.query(`create index occurrences_acting_ahead on occurrences (account_id, wakes_at) ${acts}`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
