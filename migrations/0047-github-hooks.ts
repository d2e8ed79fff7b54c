import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses to which GitHub delivers, the encounter of a pull request, and follow-ups that are thanks. */
export class GithubHooks1764000000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [HOOKS, BY_ID, THANKS, PAGES]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const HOOKS = `
  create table github_hooks (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    login text not null,
    description text,
    adds_contacts boolean not null default true,
    key_id uuid,
    secrets jsonb not null default '[]',
    primary key (account_id, id)
  )`;

/** The account is not known before its hook. */
const BY_ID = 'create unique index github_hooks_by_id on github_hooks (id)';

const THANKS = 'alter table encounter_contacts add column follow_up_thanks boolean not null default false';

const PAGES = `create index encounters_by_page on encounters (account_id, lower(project), number) where project is not null`;
