import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was done for whom. */
export class Favours1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [FAVOURS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const FAVOURS = `
  create table favours (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    contact_id uuid not null,
    direction text not null,
    kind text not null,
    state text not null,
    summary text,
    occurred_on date not null,
    settled_on date,
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

/** The account comes first in each, so that an account's search reads no other's entries. */
const INDEXES = [
  'create index favours_by_contact on favours (account_id, contact_id, id)',
  'create index favours_by_day on favours (account_id, occurred_on, id)',
  'create index favours_of_contact_by_day on favours (account_id, contact_id, occurred_on, id)',
  'create index favours_search on favours using gin (account_id, search_lexemes(search_words(summary)))',
];
