import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that wait to be read since before the columns that are not taken over were told. What they are is not known any more. */
export class ImportPlans1764000000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update imports set plan = plan || '{"others": []}' where state = 'reading' and plan ? 'columns' and not plan ? 'others'`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
