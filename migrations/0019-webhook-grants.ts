import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An endpoint is sent what the key that made it may read. Endpoints from before keep all they had. */
export class WebhookGrants1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table webhooks add column key_id uuid, add column scopes text[] not null default '{*}',
      add column granted_until timestamptz`);
    await runner.query('alter table webhooks alter column scopes drop default');
    await runner.query(`create index webhooks_by_end_of_grant on webhooks (granted_until)
      where granted_until is not null and status <> 'disabled' and deleted_at is null`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
