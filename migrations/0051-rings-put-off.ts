import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each ring looks whether a snoozed one of its reminder is ahead. There are few of those, so that here it finds nothing in next to no time. */
export class RingsPutOff1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index occurrences_put_off_ahead on occurrences (account_id, reminder_id, due_at)
      where puts_off is not null and state = 'scheduled'`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
