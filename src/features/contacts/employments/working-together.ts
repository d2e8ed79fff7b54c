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

const daysSql = (job: string): string =>
  `employed_days(${job}.started_on, ${job}.started_on_precision, ${job}.ended_on, ${job}.ended_on_precision)`;

/** The days that a job of a contact, `e`, has in common with one of one's own, `o`. */
const COMMON_DAYS = `${daysSql('e')} * ${daysSql('o')}`;

/** Jobs of contacts, `e`, beside those of one's own, `o`, at the same company in the same time, as far as it has begun. */
export function sharedJobsSql({ account, today }: RowSql): string {
  return `employments o join employments e on e.account_id = ${account()} and e.company_key = o.company_key and e.contact_id is not null
    where o.account_id = ${account()} and o.contact_id is null and ${daysSql('e')} && ${daysSql('o')}
      and coalesce(lower(${COMMON_DAYS}) <= ${today()}, true)`;
}

/** When a contact and the account's owner worked at the same company; times that touch are one. */
export const workedTogetherSql: Computed = (row) => `
  (select coalesce(jsonb_agg(jsonb_build_object('company', w.company, 'from', w.first, 'until', w.last) order by w.last desc nulls first), '[]')
  from (select s.company, lower(span) as first, upper(span) - 1 as last
    from (select min(o.company) as company, range_agg(${COMMON_DAYS}) as spans from ${sharedJobsSql(row)} and e.contact_id = ${row.alias}.id
      group by o.company_key) s, unnest(s.spans) span
    order by last desc nulls first limit ${MOST_TIMES}) w)`;
