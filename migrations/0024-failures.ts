import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The program's own work for an account that failed and waits to be tried again. */
export class Failures1764000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table failures (
      account_id uuid not null references accounts (id),
      id uuid not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      version integer not null default 1,
      job text not null,
      subject_type text not null,
      subject_id uuid not null,
      reason text not null,
      tries integer not null default 1,
      next_try_at timestamptz not null,
      primary key (account_id, id),
      constraint failures_once unique (account_id, subject_id, job)
    )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
