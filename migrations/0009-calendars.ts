import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secret addresses that show an account's rings to calendar programs. */
export class Calendars1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CALENDAR_FEEDS);
    await runner.query(REPEATING);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const CALENDAR_FEEDS = `
  create table calendar_feeds (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    name text not null,
    lens text not null default 'all',
    token_hash bytea not null unique,
    primary key (account_id, id)
  )`;

/** What repeats is counted out from the reminder itself, and is a small part of all reminders. */
const REPEATING = `
  create index reminders_repeating on reminders (account_id, due_at, id) where rrule is not null and state = 'active'`;
