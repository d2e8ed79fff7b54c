import type { Type } from '@nestjs/common';
import { askedFields } from './recipes.js';

/**
 * A named way from one resource to others, declared by the feature that depends on both, so that arrows between
 * features stay one-way. Columns are named by their properties; the projection adds the account at every level.
 */
export interface Relation {
  readonly name: string;
  readonly description: string;
  readonly from: Type;
  readonly to: () => Type;
  /** One row or null, or a page of rows. */
  readonly many: boolean;
  /** Pairs of properties that must be equal: the target's name to the source's. */
  readonly match: Readonly<Record<string, string>>;
  /** Fixed values that the target's properties must have. */
  readonly where: Readonly<Record<string, string>>;
  /** A table between the two, for relations of many to many. */
  readonly through: Through | null;
  /** How many are shown by default. */
  readonly first: number;
  /** Sort order, `-` for descending; ties are broken by id. */
  readonly order: string;
}

/**
 * The table between: its columns that point at the source and at the target, and those that mirror a property of the
 * target, so that an index of this table alone finds the first rows in order.
 */
interface Through {
  readonly table: string;
  readonly source: string;
  readonly target: string;
  readonly mirrors: Readonly<Record<string, string>>;
}

type DeclaredRelation = Pick<Relation, 'description' | 'to'> & Partial<Relation>;

const relations = new Map<Type, Map<string, Relation>>();

/** Declares a relation; from then on both faces and every view have it. */
export function relate(from: Type, name: string, declared: DeclaredRelation): void {
  const relation: Relation = {
    many: true,
    match: {},
    where: {},
    through: null,
    first: 10,
    order: '-id',
    ...declared,
    from,
    name,
  };
  const known = relations.get(from) ?? new Map<string, Relation>();
  known.set(name, relation);
  relations.set(from, known);
}

export function relationsOf(from: Type): ReadonlyMap<string, Relation> {
  return relations.get(from) ?? new Map<string, Relation>();
}

/** What `include` takes: relations, and the fields that are shown only when they are asked for. */
export function includable(from: Type): readonly string[] {
  return [...askedFields(from), ...relationsOf(from).keys()];
}
