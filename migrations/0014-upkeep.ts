import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days of the week on which nothing rings; touches that are dated ahead count when their time comes; what older releases left broken is mended once. */
export class Upkeep1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [ACCOUNTS, REMINDERS, OCCURRENCES, CHECKUPS, ASKED]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const ACCOUNTS = `alter table accounts add column quiet_weekdays integer[] not null default '{}'`;

/** A reminder that nobody is told of says when an interaction that is dated ahead takes place. */
const REMINDERS = `
  insert into reminders (account_id, id, created_at, updated_at, kind, subject_type, subject_id, title, due_at, starts_at,
    time_zone, follows_account, basis)
  select i.account_id, new_id(), now(), now(), 'touch_ahead', 'interaction', i.id, 'An interaction takes place and counts as a touch',
    i.occurred_at, i.occurred_at, a.time_zone, true,
    'at ' || to_char(i.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  from interactions i join accounts a on a.id = i.account_id where i.counts_as_touch and i.occurred_at > now()`;

const OCCURRENCES = `
  insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title,
    due_at, rings_at, wakes_at)
  select r.account_id, new_id(), now(), now(), r.id, r.kind, r.subject_type, r.subject_id, r.title, r.due_at, r.due_at, r.due_at
  from reminders r where r.kind = 'touch_ahead'`;

/** Asks for what `kith doctor --repair` does: SQL alone cannot say when a rule gives the ring that is missing. */
const CHECKUPS = `create table checkups (
    id uuid primary key default new_id(),
    asked_at timestamptz not null default now(),
    leased_until timestamptz
  )`;

const ASKED = `insert into checkups (id) select new_id() where exists (select from accounts)`;
