import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The cadence of each tier, which every account can set. The defaults are those of before. */
export class Tiers1764000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const COLUMNS = `
  alter table accounts
    add column inner_every text default 'P1M',
    add column close_every text default 'P3M',
    add column wide_every text default 'P6M',
    add column dormant_every text`;
