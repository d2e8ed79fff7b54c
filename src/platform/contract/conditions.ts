import type { Type } from '@nestjs/common';
import { flag } from './kinds/flag.js';
import { id } from './kinds/id.js';
import { text } from './kinds/text.js';
import type { ConditionSql, FieldKind, Recipe } from './recipes.js';
import { relationsOf } from './relations.js';

/** A condition on a list that is no property of its rows, declared by the feature that knows the answer. */
interface Condition {
  readonly description: string;
  /** For a condition about names: what they are compared by. Without it the condition is met or not. */
  readonly keyOf?: (text: string) => string;
  readonly sql: ConditionSql;
}

/** A condition on the ids of the rows that a relation leads to by a table between: the operators are those of a list. */
interface RelatedCondition {
  readonly description: string;
  /** The name of the relation, which is declared already. */
  readonly relation: string;
}

/** A name that is compared by its key. */
const name: FieldKind = { ...text, conditionName: () => 'Name', operators: { eq: 'one', in: 'many' } };

/** Every list has a bound. This one is of no input: operands have their own. */
const MOST_RELATED = 1_000;

const conditions = new Map<Type, Map<string, Recipe>>();
/** Types whose contracts are written: what is declared later would be in neither of them. */
const read = new Set<Type>();

/** Declares a condition; both faces then offer it among the filters of the type. To be loaded before the faces of the type. */
export function declareCondition(type: Type, called: string, declared: Condition | RelatedCondition): void {
  if (read.has(type)) throw new Error(`Load the condition ${called} before the faces of ${type.name}.`);
  const known = conditions.get(type) ?? new Map<string, Recipe>();
  conditions.set(type, known);
  known.set(called, 'relation' in declared ? related(type, declared) : own(called, declared));
}

const PLAIN = { nullable: false, optional: true, filter: true, sort: false } as const;

function own(called: string, { description, keyOf, sql }: Condition): Recipe {
  const key = keyOf ? { key: { property: called, of: keyOf } } : {};
  return { kind: keyOf ? name : flag, description, ...PLAIN, list: null, ...key, condition: sql };
}

function related(type: Type, { description, relation }: RelatedCondition): Recipe {
  if (!relationsOf(type).get(relation)?.through)
    throw new Error(`${type.name}.${relation} is no relation by a table between.`);
  return { kind: id, description, ...PLAIN, list: { max: MOST_RELATED }, condition: { relation } };
}

export function conditionsOf(type: Type): ReadonlyMap<string, Recipe> {
  read.add(type);
  return conditions.get(type) ?? new Map<string, Recipe>();
}
