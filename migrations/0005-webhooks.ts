import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where events are sent, what is sent, and every try. */
export class Webhooks1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WEBHOOKS);
    await runner.query(DELIVERIES);
    await runner.query(DUE);
    await runner.query(`create index deliveries_by_webhook on deliveries (account_id, webhook_id, id)`);
    await runner.query(FAILED);
    await runner.query(ATTEMPTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const WEBHOOKS = `
  create table webhooks (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    deleted_at timestamptz,
    url text not null,
    description text,
    event_types text[] not null default '{*}',
    status text not null default 'active',
    disabled_reason text,
    secrets jsonb not null default '[]',
    failing_since timestamptz,
    primary key (account_id, id),
    check (cardinality(event_types) > 0)
  )`;

/** Half of each page stays free at first: a claim then changes a row in its own page, and touches no index. */
const DELIVERIES = `
  create table deliveries (
    account_id uuid not null,
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    webhook_id uuid not null,
    event_id uuid not null,
    event_type text not null,
    state text not null default 'pending',
    attempt_count integer not null default 0,
    schedule_start integer not null default 0,
    next_attempt_at timestamptz,
    lease_token uuid,
    leased_until timestamptz,
    primary key (account_id, id),
    constraint deliveries_once_per_endpoint unique (account_id, event_id, webhook_id),
    foreign key (account_id, webhook_id) references webhooks (account_id, id) on delete cascade,
    foreign key (account_id, event_id) references events (account_id, id) on delete cascade,
    check ((state = 'pending') = (next_attempt_at is not null))
  ) with (fillfactor = 50)`;

/** The worker's own index: one endpoint's waiting deliveries lie together, in the order in which they are due. */
const DUE = `
  create index deliveries_due on deliveries (account_id, webhook_id, next_attempt_at) where state = 'pending'`;

/** What people look for. Delivered ones are nearly all and are found by the primary key, pending ones by `deliveries_due`. */
const FAILED = `
  create index deliveries_failed on deliveries (account_id, state, id) where state in ('exhausted', 'cancelled')`;

const ATTEMPTS = `
  create table attempts (
    account_id uuid not null,
    id uuid not null,
    delivery_id uuid not null,
    number integer not null,
    started_at timestamptz not null,
    duration_ms integer not null,
    status_code integer,
    error_code text,
    response text,
    primary key (account_id, id),
    constraint attempts_numbered unique (account_id, delivery_id, number),
    foreign key (account_id, delivery_id) references deliveries (account_id, id) on delete cascade
  )`;
