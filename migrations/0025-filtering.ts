import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The endpoints that filter, which are few: their accounts are asked for with each batch of events. */
export class Filtering1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index webhooks_filtering on webhooks (account_id)
      where filter_path is not null and status = 'active' and deleted_at is null`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
