import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Circles, and who is a member of them. */
export class Circles1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [CIRCLES, MEMBERS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const CIRCLES = `
  create table circles (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    deleted_at timestamptz,
    name text not null,
    kind text not null default 'community',
    url text,
    notes text,
    primary key (account_id, id)
  )`;

const MEMBERS = `
  create table memberships (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    circle_id uuid not null,
    contact_id uuid not null,
    handle text,
    role text not null default 'member',
    since date,
    primary key (account_id, id),
    constraint memberships_one_per_contact unique (account_id, circle_id, contact_id),
    foreign key (account_id, circle_id) references circles (account_id, id) on delete cascade,
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

/** The account comes first in each, so that an account's search reads no other's entries. */
const INDEXES = [
  `create index circles_sorted_by_name on circles (account_id, name collate "und-x-icu", id)`,
  `create index circles_search on circles using gin (account_id, search_lexemes(search_words(name) || ' ' || search_words(notes)))`,
  `create index circles_likeness on circles using gin (account_id, search_plain(search_words(name)) gin_trgm_ops)`,
  `create index memberships_by_circle on memberships (account_id, circle_id, id)`,
  `create index memberships_by_contact on memberships (account_id, contact_id, id)`,
  `create index memberships_circles_of_contact on memberships (account_id, contact_id, circle_id)`,
  `create index memberships_search on memberships using gin (account_id, search_lexemes(search_words(handle)))`,
];
