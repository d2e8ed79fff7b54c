import type { Type } from '@nestjs/common';
import type { EventType } from './catalogue.js';
import { resourceName } from './resources.js';
import { tableOf } from './tables.js';

/**
 * A column that points at rows of a resource, and how it moves when two of these rows become one. The feature that owns the column
 * declares it. What no foreign key can say is declared too: columns that point at rows of several resources, and ids inside JSON.
 */
export interface Reference {
  /** The name of its table and column: `things.other_id`. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** The resource that it points at, or the column with its noun. */
  readonly to: (() => Type) | { readonly nounIn: string };
  /** The columns that tell its rows apart, besides the account and, where these are all of them, the column itself. Default: `id`. */
  readonly key: readonly string[];
  readonly moves: Moves;
  /** An SQL condition on the row `t`: the others are moved by whoever keeps them. */
  readonly where?: string;
  /** The table of the resource that shows it, and the column with that resource's id: its version grows too. */
  readonly shownBy?: { readonly table: string; readonly id: string };
  /** The resource whose rows these are and the event that tells of each. Without it, the event of the rows that became one tells of all. */
  readonly told?: { readonly type: Type; readonly event: EventType };
}

type Moves =
  /** Always. */
  | 'always'
  /** Unless the other row is pointed at by one that equals it in these columns; then it stays behind, hidden with what it points at. */
  | { readonly unless: readonly string[] }
  /** A row that only links: it goes if the other row is linked to the same; these columns of it come back with it. */
  | { readonly once: readonly string[] }
  /** There is at most one for each row. If both have one they cannot become one; the sentence says so, and the way out. */
  | { readonly alone: string }
  /** A JSON list of objects, each of which points by this property. The link table finds the rows: its columns that point here and there. */
  | { readonly listed: string; readonly found: { readonly table: string; readonly at: string; readonly row: string } }
  /** Never, and why. */
  | { readonly stays: string };

type Declared = Omit<Reference, 'name' | 'key'> & Partial<Pick<Reference, 'key'>>;

const references = new Map<string, Reference>();

/** Declares a column that points at rows of a resource. */
export function declareReference(declared: Declared): void {
  const name = `${declared.table}.${declared.column}`;
  if (references.has(name)) throw new Error(`The reference ${name} is declared twice.`);
  references.set(name, { key: ['id'], ...declared, name });
}

/** Every reference to a resource. Lists inside JSON come first, while the tables that find them still say where they are. */
export function referencesTo(type: Type): readonly Reference[] {
  const found = [...references.values()].filter(({ to }) => 'nounIn' in to || tableOf(to()) === tableOf(type));
  return found.sort((a, b) => Number(isListed(b)) - Number(isListed(a)));
}

/** The condition that a row `t` of it points at this resource, if a column says so. */
export function nounSql({ to }: Reference, type: Type): string[] {
  return 'nounIn' in to ? [`t.${to.nounIn} = '${resourceName(type).noun}'`] : [];
}

function isListed({ moves }: Reference): boolean {
  return typeof moves === 'object' && 'listed' in moves;
}
