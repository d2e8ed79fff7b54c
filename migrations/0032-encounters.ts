import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where people were met. */
export class Encounters1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [ENCOUNTERS, ENCOUNTER_CONTACTS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const ENCOUNTERS = `
  create table encounters (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    kind text not null default 'other',
    title text,
    occurred_on date not null,
    place text,
    url text,
    project text,
    number integer,
    circle_id uuid,
    my_role text,
    people jsonb not null default '[]',
    notes text,
    primary key (account_id, id),
    foreign key (account_id, circle_id) references circles (account_id, id)
  )`;

/** The links of \`people\`, by which each side finds the other. The day is repeated here, so that one index finds the last encounters of a contact. */
const ENCOUNTER_CONTACTS = `
  create table encounter_contacts (
    account_id uuid not null,
    encounter_id uuid not null,
    contact_id uuid not null,
    occurred_on date not null,
    primary key (account_id, encounter_id, contact_id),
    foreign key (account_id, encounter_id) references encounters (account_id, id) on delete cascade,
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

/** The account comes first in each, so that an account's search reads no other's entries. */
const INDEXES = [
  `create index encounters_by_day on encounters (account_id, occurred_on, id)`,
  `create index encounters_of_circle on encounters (account_id, circle_id, occurred_on, id)`,
  `create index encounter_contacts_by_day on encounter_contacts (account_id, contact_id, occurred_on, encounter_id)`,
  `create index encounters_search on encounters using gin (account_id, search_lexemes(search_words(title) || ' ' || search_words(place)
    || ' ' || search_words(project) || ' ' || search_words(notes)))`,
  `create index encounters_likeness on encounters using gin (account_id, search_plain(search_words(title)) gin_trgm_ops)`,
];
