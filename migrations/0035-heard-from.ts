import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when on an endpoint receives events, exactly: what was committed when it was made or activated came before. */
export class HeardFrom1764000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [SNAPSHOT, ...HEARD_FROM, SETTLE]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/**
 * What is committed now, in places of the log (`log_now`), which `log_settle` may have moved away from the cluster's transaction ids.
 * The transaction that asks counts as not committed.
 */
const SNAPSHOT = `
  create function log_snapshot() returns pg_snapshot language sql stable as $$
  select format('%s:%s:%s', pg_snapshot_xmin(s)::text::numeric + d, pg_snapshot_xmax(s)::text::numeric + d,
    (select string_agg((x::text::numeric + d)::text, ',' order by x) from (
      select pg_snapshot_xip(s) as x
      union select own from pg_current_xact_id_if_assigned() own where own < pg_snapshot_xmax(s)) running))::pg_snapshot
  from pg_current_snapshot() s
  cross join lateral (select log_horizon()::text::numeric - pg_snapshot_xmin(s)::text::numeric as d) distance $$`;

/** A snapshot as text, which an entity can hold. Null for the endpoints that are there already: they were made long before anything that still waits. */
const HEARD_FROM = [
  `alter table webhooks add column heard_from text`,
  `alter table webhooks alter column heard_from set default log_snapshot()::text`,
];

/** As before, and beyond the snapshots of endpoints too: an event must never look older than one that a restored dump brought. */
const SETTLE = `
  create or replace function log_settle() returns boolean language plpgsql as $$
  declare
    newest numeric := greatest(
      (select max(e.transaction_id::text::numeric) from accounts a cross join lateral (
        select transaction_id from events e where e.account_id = a.id order by transaction_id desc, sequence desc limit 1) e),
      (select max(pg_snapshot_xmax(heard_from::pg_snapshot)::text::numeric) - 1 from webhooks));
    distance numeric := newest - log_now()::text::numeric;
  begin
    if distance is null or distance < 0 then return false; end if;
    distance := distance + (log_now()::text::numeric - pg_current_xact_id()::text::numeric) + 1;
    execute format('create or replace function log_now() returns xid8 language sql volatile as '
      '%L', format('select (pg_current_xact_id()::text::numeric + %s)::text::xid8', distance));
    execute format('create or replace function log_horizon() returns xid8 language sql stable as '
      '%L', format('select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric + %s)::text::xid8', distance));
    return true;
  end $$`;
