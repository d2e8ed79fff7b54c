import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that becomes due. */
export class Reminders1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REMINDERS);
    await runner.query(ONE_OF_A_KIND);
    await runner.query(`create index reminders_by_due on reminders (account_id, due_at, id)`);
    await runner.query(
      `create index reminders_by_subject on reminders (account_id, subject_id) where subject_id is not null`,
    );
    await runner.query(OCCURRENCES);
    await runner.query(DUE);
    await runner.query(`create index occurrences_by_due on occurrences (account_id, due_at, id)`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const REMINDERS = `
  create table reminders (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    kind text not null,
    subject_type text,
    subject_id uuid,
    title text not null,
    note text,
    due_at timestamptz not null,
    starts_at timestamptz not null,
    time_zone text not null,
    rrule text,
    priority text not null default 'normal',
    state text not null default 'active',
    primary key (account_id, id),
    check ((subject_type is null) = (subject_id is null))
  )`;

/** A feature keeps at most one live reminder of its kind for a subject, whatever runs at once. */
const ONE_OF_A_KIND = `
  create unique index reminders_one_of_a_kind on reminders (account_id, kind, subject_id)
    where kind <> 'manual' and state in ('active', 'paused')`;

const OCCURRENCES = `
  create table occurrences (
    account_id uuid not null,
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    reminder_id uuid not null,
    kind text not null,
    subject_type text,
    subject_id uuid,
    title text not null,
    due_at timestamptz not null,
    state text not null default 'scheduled',
    fired_at timestamptz,
    late boolean not null default false,
    missed_count integer not null default 0,
    snoozed_until timestamptz,
    answered_at timestamptz,
    snapshot jsonb,
    primary key (account_id, id),
    foreign key (account_id, reminder_id) references reminders (account_id, id) on delete cascade,
    constraint occurrences_ring_once unique (account_id, reminder_id, due_at)
  )`;

/** The scheduler's own index, over all accounts: only what still has to ring is in it. */
const DUE = `create index occurrences_due on occurrences (due_at) where state = 'scheduled'`;
