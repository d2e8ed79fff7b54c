import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recruiters and interviews: a first true slice of each. */
export class Career1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECRUITERS);
    await runner.query(`create index recruiters_by_parked_until on recruiters (account_id, parked_until, id)`);
    await runner.query(INTERVIEWS);
    await runner.query(ROUNDS);
    await runner.query(`create index rounds_by_start on rounds (account_id, starts_at, id)`);
    await runner.query(`create index rounds_by_interview on rounds (account_id, interview_id, starts_at, id)`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const RECRUITERS = `
  create table recruiters (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    contact_id uuid not null,
    kind text not null default 'agency',
    agency text,
    specialities text[] not null default '{}',
    status text not null default 'new',
    parked_until timestamptz,
    notes text,
    primary key (account_id, id),
    constraint recruiters_one_per_contact unique (account_id, contact_id),
    foreign key (account_id, contact_id) references contacts (account_id, id)
  )`;

const INTERVIEWS = `
  create table interviews (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    company text not null,
    role text not null,
    intent text not null,
    stage text not null default 'screening',
    exit_before text not null,
    outcome text,
    notes text,
    primary key (account_id, id)
  )`;

const ROUNDS = `
  create table rounds (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    interview_id uuid not null,
    kind text not null,
    starts_at timestamptz not null,
    duration_minutes integer not null default 60,
    time_zone text not null,
    place text,
    status text not null default 'scheduled',
    preparation text,
    debrief text,
    primary key (account_id, id),
    foreign key (account_id, interview_id) references interviews (account_id, id)
  )`;
