import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is gone for good, as hashes, and what finds the trash that is old. */
export class Erasures1764000000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [ERASURES, SALTS, ...INDEXES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const ERASURES = `
  create table erasures (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    reason text not null,
    hashes bytea[] not null default '{}',
    primary key (account_id, id)
  )`;

const SALTS = `
  create table erasure_salts (
    account_id uuid not null references accounts (id),
    salt bytea not null,
    primary key (account_id)
  )`;

const INDEXES = [
  'create index erasures_by_hash on erasures using gin (account_id, hashes)',
  'create index contacts_in_trash on contacts (deleted_at) where deleted_at is not null',
  'create index circles_in_trash on circles (deleted_at) where deleted_at is not null',
];
