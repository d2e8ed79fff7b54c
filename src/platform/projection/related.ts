import type { Type } from '@nestjs/common';
import { relationsOf } from '../contract/relations.js';
import { readScopeOf } from '../contract/resources.js';
import { tableOf } from '../contract/tables.js';
import type { SqlText } from './sql-text.js';

/** Rows of a list, and the relation that leads from each of them. */
interface RelatedRows {
  readonly type: Type;
  readonly alias: string;
  readonly relation: string;
}

/**
 * Whether a relation leads from the row to rows with these ids: to one of them, or with `hasAll` to each. Rows in the trash are led to as
 * little as when the relation is shown.
 *
 * Correlated: alone it becomes a join, whose plan depends on how many rows are related, and under `or` and `not` a hash or a look into an
 * index. A list of the ids found first would be walked for each row of the table there: 900 million comparisons of 30,000 rows with 30,000.
 */
export function relatedSql(sql: SqlText, rows: RelatedRows, operator: string, operand: unknown): string {
  const { type, alias } = rows;
  const relation = relationsOf(type).get(rows.relation);
  if (!relation?.through) throw new Error(`${type.name}.${rows.relation} leads by no table between.`);
  const { source, target, table } = relation.through;
  sql.needs(readScopeOf(relation.to()));
  const ids = [...new Set([operand].flat() as string[])];
  const led = (some: readonly string[]): string =>
    `from ${table} l${aliveSql(sql, relation.to(), target)} where l.account_id = ${sql.account()} and l.${source} = ${alias}.id and l.${target} = any(${sql.constant(some, 'uuid[]')})`;
  if (operator !== 'hasAll' || ids.length === 1) return `exists (select ${led(ids)})`;
  // The first one finds the rows; the others are looked up for each of these.
  return `(exists (select ${led(ids.slice(0, 1))}) and (select count(distinct l.${target}) ${led(ids)}) = ${ids.length})`;
}

function aliveSql(sql: SqlText, type: Type, target: string): string {
  const { name, softDeleted } = tableOf(type);
  if (!softDeleted) return '';
  return ` join ${name} k on k.account_id = ${sql.account()} and k.id = l.${target} and k.deleted_at is null`;
}
