import type { MigrationInterface, QueryRunner } from 'typeorm';

/** REST hooks, and what is owed to their targets. */
export class WebhookManagement1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REST_HOOKS);
    await runner.query(ENDING);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const REST_HOOKS = `
  alter table webhooks
    add column rest_hook boolean not null default false,
    add column farewell_at timestamptz,
    add column farewells integer not null default 0`;

/** The worker looks once a second for hooks that are to be ended or told: a handful at any time. */
const ENDING = `
  create index webhooks_ending on webhooks (account_id, id)
    where rest_hook and (farewell_at is not null or status = 'disabled')`;
