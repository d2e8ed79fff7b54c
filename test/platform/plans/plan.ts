import type { Type } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Recipe } from '../../../src/platform/contract/recipes.js';
import { resourceName } from '../../../src/platform/contract/resources.js';
import { columnOf, tableOf } from '../../../src/platform/contract/tables.js';
import type { Statement } from '../../../src/platform/database/tx.js';

export interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

/** What the planner would do for a statement, each node with those below it. */
export async function planOf(pool: Pool, { text, values }: Statement): Promise<Plan[]> {
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, [...values]);
  return rows[0] ? flat(rows[0]['QUERY PLAN'][0].Plan) : [];
}

export function flat(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(flat)];
}

/** What is computed says that it reads every row; conditions have plans of their own. */
export function isStored({ computed, condition, scan }: Recipe): boolean {
  if (computed && !scan) throw new Error("A computed field that can be filtered by declares `filter: 'scan'`.");
  return !computed && !condition;
}

/** What to do about a filter that reads what its recipe does not say; null when both agree. */
export function wayOut(
  type: Type,
  field: string,
  operator: string,
  scans: readonly unknown[],
  recipe: Recipe,
): string | null {
  const asked = `Filtering ${resourceName(type).plural} by ${field} ${operator}`;
  if (scans.length > 0 && !recipe.scan) {
    const index = operator === 'contains' || recipe.list ? `a GIN index on it` : indexOn(type, field);
    return `${asked} reads every row of the account (${scans.map(String).join(', ')}). In its migration: ${index}; or declare \`filter: 'scan'\`.`;
  }
  return scans.length === 0 && recipe.scan ? `${asked} is helped by an index: declare \`filter: true\`.` : null;
}

export function indexOn(type: Type, field: string): string {
  const { name } = tableOf(type);
  return `create index on ${name} (account_id, ${columnOf(type, field).name}, id)`;
}
