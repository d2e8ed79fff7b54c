import { leastIdOf } from '../../../kit/ids.js';
import type { Statement } from '../../../platform/database/tx.js';

/**
 * The statistics of one endpoint. Ids follow creation, so the index over the endpoint's deliveries leads to the first
 * of them, and the attempts of each are found by their own index. Attempts that a shutdown interrupted are left out of
 * the durations.
 */
export function statisticsOf(accountId: string, webhookId: string, since: Date): Statement {
  return {
    text: `with sent as materialized (
        select id, event_type, state from deliveries
        where account_id = $1 and webhook_id = $2 and id >= $3 and created_at >= $4),
      tried as materialized (
        select a.started_at, a.duration_ms, a.error_code, a.status_code,
          coalesce(a.status_code between 200 and 299, false) as succeeded
        from sent s join attempts a on a.account_id = $1 and a.delivery_id = s.id),
      failure as (
        select started_at, coalesce(error_code, status_code::text) as code from tried
        where not succeeded order by started_at desc limit 1),
      by_type as (
        select event_type as "eventType", count(*)::int as deliveries,
          count(*) filter (where state = 'delivered')::int as delivered,
          count(*) filter (where state in ('exhausted', 'cancelled'))::int as failed
        from sent group by event_type),
      by_state as (
        select count(*)::int as deliveries, count(*) filter (where state = 'pending')::int as pending,
          count(*) filter (where state = 'delivered')::int as delivered,
          count(*) filter (where state = 'exhausted')::int as exhausted,
          count(*) filter (where state = 'cancelled')::int as cancelled
        from sent),
      by_attempt as (
        select count(*)::int as attempts,
          percentile_disc(0.5) within group (order by duration_ms) filter (where error_code is distinct from 'interrupted') as "p50Ms",
          percentile_disc(0.95) within group (order by duration_ms) filter (where error_code is distinct from 'interrupted') as "p95Ms",
          max(started_at) filter (where succeeded) as "lastSuccessAt"
        from tried)
      select s.*, a.*, f.started_at as "lastFailureAt", f.code as "lastFailureCode",
        round(s.delivered::numeric / nullif(s.deliveries - s.pending, 0), 4)::float8 as "successRate",
        coalesce((select json_agg(t order by t.deliveries desc, t."eventType") from by_type t), '[]') as "eventTypes"
      from by_state s cross join by_attempt a left join failure f on true`,
    values: [accountId, webhookId, leastIdOf(since), since],
  };
}
