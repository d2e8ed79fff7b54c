import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, keys, the event log and its outbox. */
export class Foundation1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NEW_ID);
    await runner.query(ACCOUNTS);
    await runner.query(API_KEYS);
    await runner.query(EVENTS);
    await runner.query(OUTBOX);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** UUIDv7 (RFC 9562 §5.7) made by the database, for rows that a set-based statement makes. PostgreSQL 18 has its own. */
const NEW_ID = `
  create function new_id() returns uuid language sql volatile parallel safe as $$
    select encode(
      set_bit(set_bit(
        overlay(uuid_send(gen_random_uuid())
          placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
        52, 1), 53, 1), 'hex')::uuid
  $$`;

const ACCOUNTS = `
  create table accounts (
    account_id uuid not null,
    id uuid not null unique,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    name text not null,
    time_zone text not null default 'UTC',
    day_starts_at text not null default '09:00',
    check_back_period text not null default 'P8M',
    primary key (account_id, id),
    check (account_id = id)
  )`;

const API_KEYS = `
  create table api_keys (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    name text not null,
    prefix text not null,
    secret_hash bytea not null unique,
    scopes text[] not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    primary key (account_id, id)
  )`;

/** The log keeps \`data\` as text (json, not jsonb): what was recorded is, byte for byte, what is delivered. */
const EVENTS = `
  create table events (
    account_id uuid not null references accounts (id),
    id uuid not null,
    sequence bigint generated always as identity,
    type text not null,
    subject_type text not null,
    subject_id uuid not null,
    occurred_at timestamptz not null,
    data json not null,
    previous json,
    primary key (account_id, id)
  )`;

/** What has not been fanned out yet. Small and short-lived, so the wide log is written once and never updated. */
const OUTBOX = `
  create table outbox (
    account_id uuid not null,
    event_id uuid not null,
    primary key (account_id, event_id),
    foreign key (account_id, event_id) references events (account_id, id) on delete cascade
  )`;
