import { LocalDate, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';
import type { Computed, RowSql } from '../../../platform/contract/recipes.js';

/** So many times are shown, the last ones first. */
export const MOST_TIMES = 20;

@Shape('A time in which you and a contact worked at the same company.')
export class WorkedTogether {
  @Text({ max: 200, description: 'The company, as your own job calls it.', example: 'Analytical Engines' })
  company!: string;

  @LocalDate({ nullable: true, description: 'The first day; null if it is not known.', example: '2021-03-01' })
  from!: string | null;

  @LocalDate({ nullable: true, description: 'The last day; null while it lasts.' })
  until!: string | null;
}

/** The days of a job that are certain: one whose start is not known was there on its last day, or is there today. */
const daysSql = (job: string, today: string): string =>
  `employed_days(coalesce(${job}.started_on, least(${job}.ended_on, ${today})), ${job}.started_on_precision, ${job}.ended_on, ${job}.ended_on_precision)`;

/** The days that a job of a contact, `e`, has in common with one of one's own, `o`. */
const commonDaysSql = (today: string): string => `${daysSql('e', today)} * ${daysSql('o', today)}`;

/** Jobs of contacts, `e`, beside those of one's own, `o`, at the same company in the same time, as far as it has begun. */
export function sharedJobsSql({ account, today }: RowSql): string {
  const now = today();
  return `employments o join employments e on e.account_id = ${account()} and e.company_key = o.company_key and e.contact_id is not null
    where o.account_id = ${account()} and o.contact_id is null and lower(${commonDaysSql(now)}) <= ${now}`;
}

/** The same days as they are shown: the first is not known where the start of a job is not. */
const shownDaysSql = (today: string): string =>
  `case when e.started_on is null or o.started_on is null then daterange(null, upper(${commonDaysSql(today)})) else ${commonDaysSql(today)} end`;

/** When a contact and the account's owner worked at the same company; times that touch are one. */
export const workedTogetherSql: Computed = (row) => `
  (select coalesce(jsonb_agg(jsonb_build_object('company', w.company, 'from', w.first, 'until', w.last) order by w.last desc nulls first), '[]')
  from (select s.company, lower(span) as first, upper(span) - 1 as last
    from (select min(o.company) as company, range_agg(${shownDaysSql(row.today())}) as spans from ${sharedJobsSql(row)} and e.contact_id = ${row.alias}.id
      group by o.company_key) s, unnest(s.spans) span
    order by last desc nulls first limit ${MOST_TIMES}) w)`;
