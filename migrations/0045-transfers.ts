import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of whole accounts, on their way into this installation. */
export class Transfers1764000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [TRANSFERS, PARTS, ONE_AT_A_TIME, WAITING]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const TRANSFERS = `
  create table transfers (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    state text not null,
    total integer not null default 0,
    done integer not null default 0,
    line integer,
    failure text,
    finished_at timestamptz,
    bytes bigint not null default 0,
    place bigint not null default 0,
    rank integer not null default 0,
    settings jsonb,
    lease_token uuid,
    lease_until timestamptz,
    primary key (account_id, id)
  )`;

const PARTS = `
  create table transfer_parts (
    account_id uuid not null,
    transfer_id uuid not null,
    part integer not null,
    content bytea not null,
    primary key (account_id, transfer_id, part),
    foreign key (account_id, transfer_id) references transfers (account_id, id) on delete cascade
  )`;

const ONE_AT_A_TIME =
  "create unique index transfers_one_at_a_time on transfers (account_id) where state not in ('applied', 'failed')";
/** Workers look for the one that has waited longest. */
const WAITING = 'create index transfers_waiting on transfers (lease_until) where lease_until is not null';
