import { previousSql, recordSql } from '../../platform/database/record-sql.js';
import type { Projection } from '../../platform/projection/projection.js';
import type { SqlText } from '../../platform/projection/sql-text.js';
import { Contact } from './contact.entity.js';
import { contactEvents } from './contact.events.js';

/** So many contacts change in one transaction, each with an event. Longer ones would hold everybody's log. */
export const MOST_EDITED = 5_000;
/** So many change in one statement. */
const AT_ONCE = 1_000;

/** The parts of a statement that changes the contacts `c` whose ids are its value `ids`, with an event for each that is not in the trash. */
export function editedSql(sql: SqlText, projection: Projection, sets: readonly string[]): string[] {
  const [now, account] = [sql.now(), sql.account()];
  return [
    // Each is found by its id: as a list of its own it would be searched for every contact.
    `before as not materialized (select c.* from contacts c where c.account_id = ${account})`,
    `after as (update contacts c set ${sets.join(', ')}, updated_at = ${now}, version = c.version + 1
      where c.account_id = ${account} and c.id = any(${sql.value('ids', 'uuid[]')}) returning c.*)`,
    'told as (select * from after where deleted_at is null)',
    ...recordSql(sql, projection, Contact, contactEvents.updated, 'told', previousSql(sql, projection, Contact)),
  ];
}

/** Lists of ids, each for one statement. */
export function inParts(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, part) =>
    ids.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
}
