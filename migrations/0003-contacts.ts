import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, and what passed between us. */
export class Contacts1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists pg_trgm');
    await runner.query(CONTACTS);
    for (const index of CONTACT_INDEXES) await runner.query(index);
    await runner.query(EXTERNAL_IDS);
    await runner.query(INTERACTIONS);
    await runner.query(`create index interactions_by_time on interactions (account_id, occurred_at, id)`);
    await runner.query(INTERACTION_CONTACTS);
    await runner.query(
      `create index interaction_contacts_by_time on interaction_contacts (account_id, contact_id, occurred_at, interaction_id)`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const CONTACTS = `
  create table contacts (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    deleted_at timestamptz,
    name text not null,
    given_name text,
    family_name text,
    pronouns text,
    emails text[] not null default '{}',
    phones text[] not null default '{}',
    links jsonb not null default '[]',
    company text,
    title text,
    location text,
    time_zone text,
    birthday text,
    relation text not null default 'other',
    how_we_met text,
    met_on date,
    tags text[] not null default '{}',
    notes text,
    custom jsonb not null default '{}',
    favourite boolean not null default false,
    archived boolean not null default false,
    do_not_contact boolean not null default false,
    tier text,
    keep_in_touch_every text,
    last_touch_at timestamptz,
    next_touch_at timestamptz,
    primary key (account_id, id)
  )`;

const CONTACT_INDEXES = [
  `create index contacts_by_name on contacts (account_id, name, id)`,
  `create index contacts_by_company on contacts (account_id, company, id)`,
  `create index contacts_by_last_touch on contacts (account_id, last_touch_at desc nulls last, id desc)`,
  `create index contacts_by_next_touch on contacts (account_id, next_touch_at, id)`,
  `create index contacts_name_trigrams on contacts using gin (name gin_trgm_ops)`,
  `create index contacts_company_trigrams on contacts using gin (company gin_trgm_ops)`,
  `create index contacts_by_tag on contacts using gin (tags)`,
  `create index contacts_by_email on contacts using gin (emails)`,
];

/** What other systems call a contact: the natural key of every import. */
const EXTERNAL_IDS = `
  create table contact_external_ids (
    account_id uuid not null,
    source text not null,
    external_id text not null,
    contact_id uuid not null,
    primary key (account_id, source, external_id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

const INTERACTIONS = `
  create table interactions (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    occurred_at timestamptz not null,
    channel text not null,
    direction text not null default 'mutual',
    summary text,
    counts_as_touch boolean not null default true,
    primary key (account_id, id)
  )`;

/**
 * Who took part. The time is repeated here, so that one index finds a contact's last touches. The link to the
 * interaction is judged at commit: links are written first, for the event to name them.
 */
const INTERACTION_CONTACTS = `
  create table interaction_contacts (
    account_id uuid not null,
    interaction_id uuid not null,
    contact_id uuid not null,
    occurred_at timestamptz not null,
    counts_as_touch boolean not null,
    primary key (account_id, interaction_id, contact_id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade,
    foreign key (account_id, interaction_id) references interactions (account_id, id) on delete cascade
      deferrable initially deferred
  )`;
