import type { Computed } from '../../platform/contract/recipes.js';

export const LEVELS = ['ok', 'due', 'overdue', 'fading'] as const;

/** Once close: so many touches that count, and then none for so long. */
const CLOSE_TOUCHES = 3;
const SILENCE = '1 year';

/** Whole days since the next touch was due. They change at the time of day at which touches are due, so that ranks stay while pages are read. */
const daysOverdueSql: Computed = ({ alias, now }) =>
  `floor(extract(epoch from ${now()} - ${alias}.next_touch_at) / 86400)`;

/** Days overdue in days of the cadence; null without a cadence. */
export const urgencySql: Computed = (row) => `round(${daysOverdueSql(row)} / ${row.alias}.cadence_days, 3)`;

/** Due from 100 % of the cadence on, overdue from 150 %, when `reminder.overdue` is sent, fading from 200 %. */
export const levelSql: Computed = (row) => {
  const [days, cadence] = [daysOverdueSql(row), `${row.alias}.cadence_days`];
  return `case when ${days} >= ${cadence} then 'fading' when ${days} * 2 >= ${cadence} then 'overdue' when ${days} >= 0 then 'due' when ${days} < 0 then 'ok' end`;
};

/** Whose next touch is due. */
export const dueSql: Computed = ({ alias, now }) => `${alias}.next_touch_at <= ${now()}`;

/** Whose next touch is overdue by as long as their cadence, and who was once close. The first comparison is for the index. */
export const fadingSql: Computed = (row) =>
  `(${dueSql(row)} and ${daysOverdueSql(row)} >= ${row.alias}.cadence_days or ${row.alias}.next_touch_at is null and ${onceCloseSql(row)})`;

/** Not archived, welcome to be contacted, and silent after several touches. What lies ahead is no touch yet. */
const onceCloseSql: Computed = ({ alias, now, account }) =>
  `(${alias}.last_touch_at <= ${now()} - interval '${SILENCE}' and not ${alias}.archived and not ${alias}.do_not_contact
    and exists (select from interaction_contacts l where l.account_id = ${account()} and l.contact_id = ${alias}.id
      and l.counts_as_touch and l.occurred_at <= ${alias}.last_touch_at offset ${CLOSE_TOUCHES - 1}))`;
