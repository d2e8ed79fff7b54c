import type { Statement } from '../../../platform/database/tx.js';
import { workersSql } from '../employments/current-jobs.js';
import { LONGEST_CHAIN, MOST_CHAINS } from './introduction.shapes.js';
import type { Introduction } from './introduction.shapes.js';

/** How far the search looks: each bound keeps one statement small, whatever an account holds. */
const MOST_TARGETS = 10;
const MOST_STEPS = 6;
const MOST_INTRODUCED = 50;
const MOST_CIRCLES = 5;
const MOST_MEMBERS = 50;

/** Whom one wants to meet: a contact, or whoever works at a company, by its key. */
export interface Wanted {
  readonly contactId: string | null;
  readonly companyKey: string | null;
  /** Today in the account's zone. */
  readonly today: string;
}

export interface FoundIntroductions {
  /** How many people are wanted. */
  readonly targets: number;
  readonly chains: readonly Introduction[];
}

/**
 * The shortest chains, searched from their ends: from each person to those who know this one, until somebody is met whom the account's
 * owner knows. Who was met through nobody is known.
 */
export function introductionsTo(accountId: string, { contactId, companyKey, today }: Wanted): Statement {
  return {
    text: `with recursive target as materialized (
        select c.id, c.met_through_id is null as known, c.last_touch_at from contacts c where c.account_id = $1::uuid and c.deleted_at is null
          and c.id = any(array(select $2::uuid where $2::uuid is not null union all ${workers}))
        order by c.last_touch_at desc nulls last, c.id limit ${MOST_TARGETS}),
      chain as (
        select t.id as first, t.known, t.last_touch_at, array[t.id] as path, array[]::text[] as links, array[]::uuid[] as circles, 1 as length from target t
        union all
        select n.id, n.known, n.last_touch_at, array_prepend(n.id, c.path), array_prepend(n.link, c.links), array_prepend(n.circle_id, c.circles), c.length + 1
        from chain c cross join lateral (${steps}) n
        where c.length < ${LONGEST_CHAIN} and (c.length = 1 or not c.known)),
      shortest as (select distinct on (first) first, last_touch_at, path, links, circles, length from chain where known
        order by first, length, links, path),
      shown as (select s.* from shortest s order by s.length, s.last_touch_at desc nulls last, s.first limit ${MOST_CHAINS})
      select (select count(*)::int from target) as targets, coalesce((select json_agg(json_build_object('people', ${people})
        order by s.length, s.last_touch_at desc nulls last, s.first) from shown s), '[]') as chains`,
    values: [accountId, contactId, companyKey, today],
  };
}

const workers = workersSql(
  { alias: 'c', account: () => '$1::uuid', now: () => 'now()', today: () => '$4::date' },
  'array[$3::text]',
);

/** Who is next to the first person of a chain: those with whom there is a met-through before members of a shared circle. */
const steps = `
  select k.id, k.known, k.last_touch_at, k.link, k.circle_id from (
    select distinct on (p.id) p.id, p.met_through_id is null as known, p.last_touch_at, l.link, l.circle_id, l.rank from (
      select x.met_through_id as id, 'met_through' as link, null::uuid as circle_id, 0 as rank from contacts x
        where x.account_id = $1::uuid and x.id = c.first and x.met_through_id is not null
      union all
      (select x.id, 'met_through', null::uuid, 1 from contacts x where x.account_id = $1::uuid and x.met_through_id = c.first
        order by x.id limit ${MOST_INTRODUCED})
      union all
      select m.contact_id, 'circle', m.circle_id, 2 from (
          select z.id from memberships o join circles z on z.account_id = $1::uuid and z.id = o.circle_id and z.deleted_at is null
            where o.account_id = $1::uuid and o.contact_id = c.first order by o.circle_id limit ${MOST_CIRCLES}) z
        cross join lateral (select s.contact_id, s.circle_id from memberships s where s.account_id = $1::uuid and s.circle_id = z.id
          order by s.contact_id limit ${MOST_MEMBERS}) m) l
    join contacts p on p.account_id = $1::uuid and p.id = l.id and p.deleted_at is null and not p.do_not_contact and p.id <> all(c.path)
      and not exists (select from target t where t.id = p.id)
    order by p.id, l.rank, l.circle_id) k
  order by k.rank > 0, k.known desc, k.last_touch_at desc nulls last, k.rank, k.id limit ${MOST_STEPS}`;

const people = `(select json_agg(json_build_object('contactId', p.id, 'name', p.name, 'company', p.company, 'title', p.title,
    'by', case when w.n = 1 then 'you' else s.links[w.n - 1] end, 'circleId', s.circles[w.n - 1], 'circleName', z.name) order by w.n)
  from unnest(s.path) with ordinality w(id, n) join contacts p on p.account_id = $1::uuid and p.id = w.id
    left join circles z on z.account_id = $1::uuid and z.id = s.circles[w.n - 1])`;
