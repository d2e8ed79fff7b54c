import { declareReference } from '../contract/references.js';
import type { Type } from '@nestjs/common';
import { resourceName } from '../contract/resources.js';
import type { Projection } from '../projection/projection.js';
import { literal } from '../projection/sql-text.js';
import type { SqlText } from '../projection/sql-text.js';
import type { EventType } from '../contract/catalogue.js';

/**
 * The parts of a statement that record one event for each row of `rows`, with the REST representation of the row as
 * its data, and put it into the outbox. The rows include their account.
 */
export function recordSql(
  sql: SqlText,
  projection: Projection,
  type: Type,
  event: EventType,
  rows: string,
  previous = 'null::json',
): string[] {
  const data = projection.recorded(sql, type, 'a');
  const columns = 'account_id, id, type, subject_type, subject_id, occurred_at, data, previous';
  const noun = literal(resourceName(type).noun);
  const values = `a.account_id, new_id(), ${literal(event.name)}, ${noun}, a.id, ${sql.now()}, ${data}, ${previous}`;
  return [
    `event as (insert into events (${columns}) select ${values} from ${rows} a returning account_id, id, data)`,
    `queued as (insert into outbox (account_id, event_id) select account_id, id from event)`,
  ];
}

/** The previous values of the fields that changed in a row `a`, as the API showed them; `before` has the previous rows. */
export function previousSql(sql: SqlText, projection: Projection, type: Type): string {
  const old = projection.recorded(sql, type, 'o');
  const now = projection.recorded(sql, type, 'a');
  const differs = `x.value::text is distinct from y.value::text and x.key not in ('version', 'updatedAt')`;
  return `(select json_object_agg(x.key, x.value) from before o, json_each(${old}) x join json_each(${now}) y using (key) where o.id = a.id and ${differs})`;
}

declareReference({
  table: 'events',
  column: 'subject_id',
  to: { nounIn: 'subject_type' },
  moves: { stays: 'The log says what happened to whom.' },
});
