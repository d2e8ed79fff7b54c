import type { Computed, RowSql } from '../../../platform/contract/recipes.js';

/** Whether an employment has begun and has not ended. */
export const isCurrentSql: Computed = ({ alias, today }) =>
  `coalesce(${alias}.started_on <= ${today()}, true) and coalesce(${alias}.ended_on > ${today()}, true)`;

/** The contacts with a job at one of these companies, by their keys, the row `e`. */
export const jobsAtSql = ({ account }: RowSql, keys: string): string =>
  `select e.contact_id from employments e where e.account_id = ${account()} and e.company_key = any(${keys}) and e.contact_id is not null`;

/** The contacts who work at one of these companies, as the contact or a current job says. */
export function workersSql(row: RowSql, keys: string): string {
  const said = `select k.id from contacts k where k.account_id = ${row.account()} and k.company_key = any(${keys})`;
  return `${said} union all ${jobsAtSql(row, keys)} and ${isCurrentSql({ ...row, alias: 'e' })}`;
}
