import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A gap-free order of the event log, and how far each account's log has been forgotten. */
export class EventOrder1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [NOW, HORIZON, ...TRANSACTION_ID, ORDER, FORGOTTEN, SETTLE]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** The place of the transaction that writes. `log_settle` adds a distance to it in a cluster that began to count anew. */
const NOW = `
  create function log_now() returns xid8 language sql volatile as $$ select pg_current_xact_id() $$`;

/** Every transaction below has ended: nothing will ever appear there any more. Inlined, so an index serves it. */
const HORIZON = `
  create function log_horizon() returns xid8 language sql stable as $$ select pg_snapshot_xmin(pg_current_snapshot()) $$`;

/** What is there already was committed before the lock of this statement, so it all comes first, without a rewrite. */
const TRANSACTION_ID = [
  `alter table events add column transaction_id xid8 not null default '0'`,
  `alter table events alter column transaction_id set default log_now()`,
];

const ORDER = `create index events_in_order on events (account_id, transaction_id, sequence)`;

/** Up to here events may be gone: a place before it is not followed any more. */
const FORGOTTEN = `
  create table forgotten_events (
    account_id uuid primary key references accounts (id),
    transaction_id xid8 not null,
    sequence bigint not null
  )`;

/**
 * Transaction ids belong to a cluster. A dump restored into another one can hold places that this one reaches only in
 * months: until then new events would sort before old ones, and old ones would not be seen. So the count is moved ahead.
 */
const SETTLE = `
  create function log_settle() returns boolean language plpgsql as $$
  declare
    distance numeric := (
      select max(newest.transaction_id::text::numeric) from accounts a cross join lateral (
        select transaction_id from events e where e.account_id = a.id order by transaction_id desc, sequence desc limit 1
      ) newest) - log_now()::text::numeric;
  begin
    if distance is null or distance < 0 then return false; end if;
    distance := distance + (log_now()::text::numeric - pg_current_xact_id()::text::numeric) + 1;
    execute format('create or replace function log_now() returns xid8 language sql volatile as '
      '%L', format('select (pg_current_xact_id()::text::numeric + %s)::text::xid8', distance));
    execute format('create or replace function log_horizon() returns xid8 language sql stable as '
      '%L', format('select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric + %s)::text::xid8', distance));
    return true;
  end $$`;
