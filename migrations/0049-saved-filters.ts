import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters of lists that are saved under names. */
export class SavedFilters1764000000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [SAVED, BY_NAME]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const SAVED = `
  create table saved_filters (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    name text not null,
    list text not null,
    filter jsonb not null,
    q text,
    sort text[] not null default '{}',
    note text,
    primary key (account_id, id)
  )`;

/** No two have the same name, whatever its case. */
const BY_NAME = 'create unique index saved_filters_by_name on saved_filters (account_id, lower(name))';
