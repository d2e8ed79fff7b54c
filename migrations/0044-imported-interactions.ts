import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A row of an imported file may become an interaction instead of a contact. */
export class ImportedInteractions1764000000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table import_rows add column interaction_id uuid');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
