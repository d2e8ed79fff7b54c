import type { Statement } from '../../../platform/database/tx.js';

/** A key that more contacts share than this tells nobody apart: a switchboard, a common name. */
const MOST_SHARING = 20;
/** So many shared keys are looked at, those that are certain first. */
const MOST_KEYS = 2_000;

/** What two contacts share, and what it is worth. */
const WEIGHTS = { n: 50, s: 30, i: 30, u: 30, c: 20, d: 20 } as const;
/** From so many points on they may be one person. A company and its domain together stay below. */
const ENOUGH = 50;
export const CERTAIN = 100;

/** Two contacts who may be one person. */
export interface FoundPair {
  readonly firstId: string;
  readonly secondId: string;
  readonly firstName: string;
  readonly secondName: string;
  readonly score: number;
  /** Keys of `contact_keys`, of what they share. */
  readonly keys: readonly string[];
}

/** The last pair of the page before. */
export type Place = Pick<FoundPair, 'score' | 'firstId' | 'secondId'>;

/** Who has the same name has the same initial and last name too, which counts once. */
const SCORE = `case when bool_or(x.key like '1%') then ${CERTAIN} else least(${CERTAIN - 1},
  coalesce(sum(x.weight), 0) - case when bool_or(x.kind = 'n') and bool_or(x.kind = 'i') then ${WEIGHTS.i} else 0 end) end`;

const weightSql = `case x.kind ${Object.entries(WEIGHTS)
  .map(([kind, points]) => `when '${kind}' then ${points}`)
  .join(' ')} else 0 end`;

/** Pairs in order of their score, after a place. Each kind of what they share counts once, however much of it they share. */
export function pairsOf(accountId: string, after: Place | null, most: number): Statement {
  return {
    text: `with shared as materialized (
        select array_agg(k.contact_id) as ids from contact_keys k where k.account_id = $1 and k.key < '3'
        group by k.key having count(*) between 2 and ${MOST_SHARING} order by k.key limit ${MOST_KEYS}),
      pair as materialized (select distinct a.id as first_id, b.id as second_id from shared s, unnest(s.ids) a(id), unnest(s.ids) b(id) where a.id < b.id),
      x as (select p.first_id, p.second_id, a.key, substr(a.key, 2, 1) as kind,
          row_number() over (partition by p.first_id, p.second_id, left(a.key, 2) order by a.key) as n
        from pair p join contact_keys a on a.account_id = $1 and a.contact_id = p.first_id
          join contact_keys b on b.account_id = $1 and b.contact_id = p.second_id and b.key = a.key),
      judged as (select x.first_id, x.second_id, ${SCORE}::int as score, array_agg(x.key order by x.key) as keys
        from (select x.*, case when x.n = 1 then ${weightSql} else 0 end as weight from x) x group by x.first_id, x.second_id)
      select j.first_id as "firstId", j.second_id as "secondId", f.name as "firstName", s.name as "secondName", j.score, j.keys
      from judged j join contacts f on f.account_id = $1 and f.id = j.first_id join contacts s on s.account_id = $1 and s.id = j.second_id
      where j.score >= ${ENOUGH} and ($2::int is null or (-j.score, j.first_id, j.second_id) > (-$2::int, $3::uuid, $4::uuid))
        and not exists (select from contact_dismissals d where d.account_id = $1 and d.first_contact_id = j.first_id and d.second_contact_id = j.second_id)
      order by j.score desc, j.first_id, j.second_id limit $5`,
    values: [accountId, after?.score ?? null, after?.firstId ?? null, after?.secondId ?? null, most],
  };
}

/** Remembers that two contacts are two people. */
export function dismissPair(accountId: string, ids: readonly [string, string], now: Date): Statement {
  return {
    text: `insert into contact_dismissals (account_id, first_contact_id, second_contact_id, dismissed_at)
      values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4) on conflict do nothing`,
    values: [accountId, ...ids, now],
  };
}
