import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How an endpoint wants its messages, and which of its events it wants. */
export class WebhookFormats1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FORMATS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/**
 * `filter_path` is the filter as the fan-out asks it. A path that PostgreSQL cannot read is refused when it is stored, so
 * none can stop the fan-out of everybody.
 */
const FORMATS = `
  alter table webhooks
    add column format text not null default 'standard',
    add column template text,
    add column thin boolean not null default false,
    add column filter jsonb,
    add column filter_path text,
    add constraint webhooks_filter_path_is_readable check (filter_path is null or filter_path::jsonpath is not null)`;
