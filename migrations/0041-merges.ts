import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two contacts that are one person become one, and for 30 days two again. */
export class Merges1764000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [POINTER, MERGES, MOVED, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const POINTER = `alter table contacts add column merged_into_id uuid,
  add foreign key (account_id, merged_into_id) references contacts (account_id, id) on delete set null (merged_into_id)`;

/** `before` and `after` hold what of the contact that was kept became another. */
const MERGES = `
  create table contact_merges (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    contact_id uuid not null,
    merged_id uuid not null,
    state text not null default 'merged',
    changed text[] not null default '{}',
    undone_at timestamptz,
    before jsonb not null default '{}',
    after jsonb not null default '{}',
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade,
    foreign key (account_id, merged_id) references contacts (account_id, id) on delete cascade
  )`;

/** Rows that came to point at another row: how each is found again, and of those that are gone what to bring back. */
const MOVED = `
  create table moved_rows (
    account_id uuid not null,
    move_id uuid not null,
    reference text not null,
    key jsonb not null,
    gone boolean not null,
    own jsonb,
    primary key (account_id, move_id, reference, key),
    foreign key (account_id, move_id) references contact_merges (account_id, id) on delete cascade
  )`;

/** The account comes first in each, so that an account's search reads no other's entries. */
const INDEXES = [
  'create index contacts_by_merged_into on contacts (account_id, merged_into_id) where merged_into_id is not null',
  'create index contact_merges_by_contact on contact_merges (account_id, contact_id, id)',
  'create index contact_merges_by_merged on contact_merges (account_id, merged_id, id)',
  'create index import_rows_by_contact on import_rows (account_id, contact_id) where contact_id is not null',
  'create index imported_contacts_by_contact on imported_contacts (account_id, contact_id)',
];
