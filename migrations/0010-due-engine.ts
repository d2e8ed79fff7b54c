import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rest of what becomes due: leads, quiet hours, other ways to repeat, digests. */
export class DueEngine1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCOUNTS);
    await runner.query(REMINDERS);
    await runner.query(ORIGINS);
    await runner.query(OCCURRENCES);
    await runner.query(`update occurrences o set rings_at = due_at, wakes_at = (select o.due_at from reminders r
      where r.account_id = o.account_id and r.id = o.reminder_id and o.state = 'scheduled' and r.state = 'active')`);
    await runner.query(`alter table occurrences alter column rings_at set not null`);
    await runner.query(`drop index occurrences_due`);
    await runner.query(WAKING);
    await runner.query(`drop index reminders_repeating`);
    await runner.query(REPEATING);
    await runner.query(DIGESTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const ACCOUNTS = `
  alter table accounts
    add column quiet_from text,
    add column quiet_until text,
    add column digest text not null default 'off',
    add column digest_weekday integer not null default 1,
    add constraint accounts_quiet_hours_have_both_ends check ((quiet_from is null) = (quiet_until is null))`;

const REMINDERS = `
  alter table reminders
    add column due_on date,
    add column every text,
    add column anchor text not null default 'schedule',
    add column leads text[] not null default '{}',
    add column overdue_after text,
    add column follows_account boolean not null default false,
    add constraint reminders_repeat_one_way check (rrule is null or every is null)`;

/** What was said as a day rings when the day starts; whoever named no zone follows the account's. */
const ORIGINS = `
  update reminders r set follows_account = r.time_zone = a.time_zone,
    due_on = case when r.kind <> 'round_upcoming' and to_char(r.starts_at at time zone r.time_zone, 'HH24:MI') = a.day_starts_at
      then (r.starts_at at time zone r.time_zone)::date end
  from accounts a where a.id = r.account_id`;

/** \`rings_at\` is \`due_at\` moved out of quiet hours; \`wakes_at\` is when the scheduler has something to do with the row next. */
const OCCURRENCES = `
  alter table occurrences
    add column rings_at timestamptz,
    add column wakes_at timestamptz`;

/** The scheduler's own index, over all accounts: only what it still has to touch is in it. */
const WAKING = `create index occurrences_waking on occurrences (wakes_at) where wakes_at is not null`;

const REPEATING = `
  create index reminders_repeating on reminders (account_id, due_at, id)
    where (rrule is not null or every is not null) and state = 'active'`;

const DIGESTS = `
  create table digests (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    period text not null,
    covers_from timestamptz not null,
    covers_until timestamptz not null,
    due_count integer not null,
    upcoming_count integer not null,
    due jsonb not null,
    upcoming jsonb not null,
    next_best_action jsonb,
    primary key (account_id, id)
  )`;
