import type { Statement } from '../../../platform/database/tx.js';
import { notAside, untroubled } from '../../../platform/jobs/failures.sql.js';
import { columnsOf } from '../../../platform/jobs/shared-job.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';
import { asksFor, neededFor, scopesByType } from '../asked.sql.js';
import { BODY, WISHES } from './claim.sql.js';
import type { Claimed, Hold } from './claim.sql.js';

/** The job that fans out. */
export const FAN_OUT = 'fan out';

/** One row for each delivery that is claimed already, and at least one row, for the counts. */
export interface Spread extends Claimed {
  /** Events taken, and deliveries created from them, claimed or not. */
  readonly events: number;
  readonly deliveries: number;
  /** The account of each event, with commas, in the first row, while the batch is full: whoever takes too much is to leave room. */
  readonly accounts: string | null;
  /** Null when nothing is claimed. */
  readonly id: string;
}

/**
 * Each event is looked up separately: in a join with old statistics, PostgreSQL scanned an account's whole log, which
 * took 1.2 s. An event can wait in the outbox while an endpoint is made or activated: it happened before, and is not sent there.
 */
const SPREAD = `spread as materialized (
        select e.account_id, new_id() as id, w.id as webhook_id, w.version, e.id as event_id, e.type, e.body, ${WISHES} as wishes,
          row_number() over (partition by w.id) as place, row_number() over () as of_all, row_number() over (partition by t.account_id) as of_account,
          case when w.throttle_per_second is null then coalesce(k.room, $3) else 0 end as room,
          coalesce(h.room, $12::int) as account_room
        from taken t
        cross join lateral (
          select e.*, case when $4 > 0 then ${BODY} end as body, ${neededFor('e.type', '$9')} as needed,
            case when t.account_id in (select account_id from filtering) then e.data::jsonb end as json
          from events e where e.account_id = t.account_id and e.id = t.event_id limit 1) e
        join webhooks w on w.account_id = t.account_id and w.status = 'active' and w.deleted_at is null and ${asksFor('coalesce($2::timestamptz, now())', 'e.json')}
          and pg_visible_in_snapshot(e.transaction_id, w.heard_from::pg_snapshot) is not true
        left join unnest($5::uuid[], $6::int[]) k(id, room) on k.id = w.id
        left join unnest($10::uuid[], $11::int[]) h(account_id, room) on h.account_id = t.account_id)`;

/** The accounts that filter: only their events are read as `jsonb`, each once, however many endpoints compare it. */
const FILTERING = `filtering as materialized (select distinct account_id from webhooks
        where filter_path is not null and status = 'active' and deleted_at is null)`;

/** Events of unknown types go back to the outbox. */
const LEFT = `back as (insert into outbox (account_id, event_id) select t.account_id, t.event_id
        from taken t join events e on e.account_id = t.account_id and e.id = t.event_id where not $9::jsonb ? e.type returning event_id)`;
const NONE_LEFT = 'back as (select event_id from taken where false)';

/** What filters of one account may compare of each event in a shared batch. One letter takes about a microsecond. */
const CHEAP = 500;

/** What the patterns of a filter compare of each event, in letters. Other conditions cost next to nothing. */
const COST = `case when strpos(w.filter_path, 'like_regex') > 0 then length(w.filter_path) else 0 end`;

/** The accounts whose filters compare more. They are fanned out apart, each by itself. */
const COSTLY = `(select w.account_id, sum(${COST})::int as cost from webhooks w
  where w.filter_path is not null and w.status = 'active' and w.deleted_at is null group by w.account_id having sum(${COST}) > ${CHEAP})`;

/** As a subquery it is in one row alone: a column beside the counts was copied for each of them, a sixth of the statement's time. */
const ACCOUNTS = `(select string_agg(account_id::text, ',') from taken having count(*) >= $1)`;

/** Which events a batch takes. */
export interface Taking {
  /** Whether events of types that this version does not know go back: a newer version, which runs beside it, fans them out. */
  readonly leavesUnknown: boolean;
  readonly limit: number;
  /** Null for those of all accounts, but for what must be done apart. */
  readonly portions: readonly Portion[] | null;
  /** Accounts that take only what all others leave, and how many events are for those others. */
  readonly greedy: readonly string[];
  readonly others: number;
}

/** The places in the outbox of the events that a batch takes. */
function takenSql({ portions, greedy }: Taking): string {
  const locked = 'for update of o skip locked';
  if (portions)
    return `select o.ctid from outbox o join unnest($13::uuid[], $14::uuid[]) k(account_id, event_id) using (account_id, event_id) limit $1 ${locked}`;
  const shared = `${untroubled(FAN_OUT, 'o.account_id')} and o.account_id not in (select account_id from ${COSTLY} c)`;
  if (greedy.length === 0) return `select o.ctid from outbox o where ${shared} limit $1 ${locked}`;
  const whose = (sign: string): string =>
    `select o.ctid from outbox o where o.account_id ${sign}($13::uuid[]) and ${shared}`;
  return `with others as materialized (${whose('<> all')} limit $14 ${locked}),
    greedy as materialized (${whose('= any')} limit $1 - (select count(*) from others) ${locked})
    select ctid from others union all select ctid from greedy`;
}

/**
 * Takes up to `limit` events out of the outbox and creates a delivery for each active endpoint that asks for them, in
 * one statement. Two workers take different events, and a repeated event creates no second delivery. Deliveries for
 * which there is room, at endpoints without a throttle, are created as claimed, with the first attempt counted. That
 * saves the update of a claim, and reading each event again.
 */
export function fanOut(taking: Taking, { token, leaseMs, appetite }: Hold, now: Date | null): Statement {
  const { total, each, rooms, accounts } = appetite;
  const held = accounts.rooms();
  return {
    text: `with taken as (
        delete from outbox where ctid = any(array(${takenSql(taking)}))
        returning account_id, event_id),
      ${taking.leavesUnknown ? LEFT : NONE_LEFT},
      ${FILTERING},
      ${SPREAD},
      made as (
        insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at,
          attempt_count, lease_token, leased_until)
        select s.account_id, s.id, at.now, at.now, s.webhook_id, s.event_id, s.type, at.now,
          h.held::int, case when h.held then $7::uuid end, case when h.held then at.now + $8 * interval '1 ms' end
        from spread s
        cross join lateral (select s.place <= s.room and s.of_all <= $4 and s.of_account <= s.account_room as held) h
        cross join (select coalesce($2::timestamptz, now()) as now) at
        on conflict on constraint deliveries_once_per_endpoint do nothing
        returning id, lease_token)
      select c.events, c.deliveries, case when row_number() over () = 1 then ${ACCOUNTS} end as accounts, s.account_id as "accountId", s.id, s.webhook_id as "webhookId", s.version, 1 as attempt,
        1 as step, s.event_id as "eventId", s.body,
        case when lag(s.webhook_id) over () is distinct from s.webhook_id then s.wishes end as wishes
      from (select (select count(*) from taken)::int - (select count(*) from back)::int as events, (select count(*) from made)::int as deliveries) c
      left join spread s on (s.id in (select id from made where lease_token is not null)) is true`,
    values: [
      ...[taking.limit, now, each, total, [...rooms.keys()], [...rooms.values()], token, leaseMs, scopesByType()],
      ...[[...held.keys()], [...held.values()], accounts.each],
      ...takenValues(taking),
    ],
  };
}

function takenValues({ portions, greedy, others }: Taking): unknown[] {
  if (portions) return columnsOf(portions);
  return greedy.length === 0 ? [] : [greedy, others];
}

/** Events in the outbox, not locked. What is fanned out apart comes in the order of the log. */
export function findOutbox({ accountId, most }: Wanted): Statement {
  const whose =
    accountId === null
      ? untroubled(FAN_OUT, 'o.account_id')
      : `o.account_id = $2 and ${notAside(FAN_OUT, 'o.account_id', 'o.event_id')}`;
  return {
    text: `select o.account_id as "accountId", o.event_id as id from outbox o where ${whose} limit $1`,
    values: [most, ...(accountId === null ? [] : [accountId])],
  };
}

/** The accounts with costly filters that have events in the outbox, and what their filters compare of each event. */
export function costlyOutboxes(): Statement {
  return {
    text: `select c.account_id as "accountId", c.cost from ${COSTLY} c
      where exists (select from outbox o where o.account_id = c.account_id)`,
    values: [],
  };
}
