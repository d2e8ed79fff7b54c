import type { Type } from '@nestjs/common';
import { flag } from './kinds/flag.js';
import { text } from './kinds/text.js';
import type { ConditionSql, FieldKind, Recipe } from './recipes.js';

/** A condition on a list that is no property of its rows, declared by the feature that knows the answer. */
interface Condition {
  readonly description: string;
  /** For a condition about names: what they are compared by. Without it the condition is met or not. */
  readonly keyOf?: (text: string) => string;
  readonly sql: ConditionSql;
}

/** A name that is compared by its key. */
const name: FieldKind = { ...text, conditionName: () => 'Name', operators: { eq: 'one', in: 'many' } };

const conditions = new Map<Type, Map<string, Recipe>>();
/** Types whose contracts are written: what is declared later would be in neither of them. */
const read = new Set<Type>();

/** Declares a condition; both faces then offer it among the filters of the type. To be loaded before the faces of the type. */
export function declareCondition(type: Type, called: string, { description, keyOf, sql }: Condition): void {
  if (read.has(type)) throw new Error(`Load the condition ${called} before the faces of ${type.name}.`);
  const known = conditions.get(type) ?? new Map<string, Recipe>();
  conditions.set(type, known);
  const plain = { nullable: false, optional: true, list: null, filter: true, sort: false };
  const key = keyOf ? { key: { property: called, of: keyOf } } : {};
  known.set(called, { kind: keyOf ? name : flag, description, ...plain, ...key, condition: sql });
}

export function conditionsOf(type: Type): ReadonlyMap<string, Recipe> {
  read.add(type);
  return conditions.get(type) ?? new Map<string, Recipe>();
}
