import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists sort names as people do: `apfel`, `Äpfel`, `Zorn`. Nulls are last in both directions, so a nullable field takes an index for each. */
export class Sorting1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      `create index contacts_sorted_by_name on contacts (account_id, name collate "und-x-icu", id)`,
      `create index contacts_sorted_by_company on contacts (account_id, company collate "und-x-icu", id)`,
      `create index contacts_sorted_by_company_desc on contacts (account_id, company collate "und-x-icu" desc nulls last, id desc)`,
      'drop index contacts_by_company_desc',
    ])
      await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
