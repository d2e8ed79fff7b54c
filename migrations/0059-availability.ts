import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the owner of the account looks for a job, and from when. */
export class Availability1764000000059 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table accounts add column availability text not null default 'closed', add column open_from date`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
