import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the contract promises of every resource: search, external ids, answers kept for repeated requests, rates. */
export class Contract1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists btree_gin');
    for (const statement of [...SEARCH_WORDS, ...SEARCH_INDEXES, ...LIST_INDEXES]) await runner.query(statement);
    for (const statement of EXTERNAL_IDS) await runner.query(statement);
    await runner.query(KEPT_ANSWERS);
    await runner.query('create index kept_answers_by_age on kept_answers (answered_at)');
    await runner.query(RATE_WINDOWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** An index takes immutable functions only. Joining texts is immutable, whatever `array_to_string` is for other types. */
const SEARCH_WORDS = [
  `create function search_words(words text) returns text language sql immutable parallel safe
    as $$ select coalesce(words, '') $$`,
  `create function search_words(words text[]) returns text language sql immutable parallel safe
    as $$ select coalesce(array_to_string(words, ' '), '') $$`,
];

const SEARCH_INDEXES = [
  searchIndex('contacts', ['name', 'emails', 'company', 'title', 'location', 'how_we_met', 'tags', 'notes']),
  searchIndex('interactions', ['summary']),
  searchIndex('recruiters', ['agency', 'notes']),
  searchIndex('interviews', ['company', 'role', 'notes']),
  searchIndex('rounds', ['place', 'preparation', 'debrief']),
  searchIndex('reminders', ['title', 'note']),
];

/** The account comes first in each, so that an account's search reads no other's entries. */
function searchIndex(table: string, columns: readonly string[]): string {
  const words = columns.map((column) => `search_words(${column})`).join(` || ' ' || `);
  return `create index ${table}_search on ${table} using gin (account_id, to_tsvector('simple', ${words}))`;
}

/** Nulls are last in both directions, so a nullable field takes an index for each. */
const LIST_INDEXES = [
  'drop index contacts_name_trigrams, contacts_company_trigrams, contacts_by_tag, contacts_by_email',
  'create index contacts_name_trigrams on contacts using gin (account_id, name gin_trgm_ops)',
  'create index contacts_company_trigrams on contacts using gin (account_id, company gin_trgm_ops)',
  'create index contacts_by_tag on contacts using gin (account_id, tags)',
  'create index contacts_by_company_desc on contacts (account_id, company desc nulls last, id desc)',
  'create index contacts_by_last_touch_asc on contacts (account_id, last_touch_at, id)',
  'create index contacts_by_next_touch_desc on contacts (account_id, next_touch_at desc nulls last, id desc)',
  'create index recruiters_by_parked_until_desc on recruiters (account_id, parked_until desc nulls last, id desc)',
  'create index contacts_by_email on contacts using gin (account_id, emails)',
];

/** What other systems call a resource of any kind: the natural key of imports and of create-or-update. */
const EXTERNAL_IDS = [
  `create table external_ids (
    account_id uuid not null references accounts (id),
    resource text not null,
    source text not null,
    external_id text not null,
    resource_id uuid not null,
    primary key (account_id, resource, source, external_id)
  )`,
  'create index external_ids_of_resource on external_ids (account_id, resource, resource_id)',
  `insert into external_ids (account_id, resource, source, external_id, resource_id)
    select account_id, 'contact', source, external_id, contact_id from contact_external_ids`,
  'drop table contact_external_ids',
];

/** The answers to requests with an idempotency key, for 24 hours. They may hold a secret, so bodies are sealed. */
const KEPT_ANSWERS = `
  create table kept_answers (
    account_id uuid not null references accounts (id),
    key text not null,
    fingerprint bytea not null,
    answered_at timestamptz not null,
    answer text not null,
    primary key (account_id, key)
  )`;

/** How much each key has asked in its current window. A crash may empty it: that gives everyone a new window. */
const RATE_WINDOWS = `
  create unlogged table rate_windows (
    account_id uuid not null,
    key_id uuid not null,
    window_start timestamptz not null,
    used integer not null,
    primary key (account_id, key_id)
  )`;
