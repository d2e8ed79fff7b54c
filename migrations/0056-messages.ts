import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that came in, and whether an account keeps what they say. */
export class Messages1764000000056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [MESSAGES, ...INDEXES, SETTING]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const MESSAGES = `
  create table messages (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    direction text not null,
    channel text not null default 'email',
    state text not null,
    reason text,
    received_at timestamptz not null,
    from_name text,
    from_address text,
    from_profile text,
    to_addresses text[] not null default '{}',
    subject text,
    text text,
    is_cut boolean not null default false,
    message_id text,
    in_reply_to text,
    reference_ids text[] not null default '{}',
    contact_id uuid,
    sender_keys text[] not null default '{}',
    sameness text not null,
    primary key (account_id, id),
    constraint messages_once unique (account_id, sameness),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete set null (contact_id)
  )`;

const words = ['from_name', 'from_address', 'subject', 'text']
  .map((column) => `search_words(${column})`)
  .join(` || ' ' || `);

/** The account comes first in each, so that an account's search reads no other's entries. */
const INDEXES = [
  'create index messages_by_time on messages (account_id, received_at, id)',
  'create index messages_by_contact on messages (account_id, contact_id, received_at, id)',
  'create index messages_by_address on messages (account_id, lower(from_address), id)',
  'create index messages_address_trigrams on messages using gin (account_id, lower(from_address) gin_trgm_ops)',
  'create index messages_by_sender on messages using gin (account_id, sender_keys)',
  `create index messages_search on messages using gin (account_id, search_lexemes(${words}))`,
  'create index messages_likeness on messages using gin (account_id, search_plain(search_words(from_name)) gin_trgm_ops)',
];

const SETTING = 'alter table accounts add column keep_message_texts boolean not null default true';
