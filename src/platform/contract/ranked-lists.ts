import type { Type } from '@nestjs/common';
import type { SortKey } from './pages.js';
import type { Computed } from './recipes.js';

/**
 * A list of a resource with a name: the rows that a condition keeps, in an order of its own. It never shows deleted rows, and is neither searched
 * nor sorted otherwise. Its rows are found by an index; all of them are read and ranked for each page.
 */
export interface RankedList {
  readonly type: Type;
  /** What its cursors belong to, such as `Thing due`. */
  readonly path: string;
  readonly condition: Computed;
  readonly sort: readonly SortKey[];
  readonly description: string;
}

const lists = new Map<string, RankedList>();

/** Declares a list, for both faces to offer. */
export function declareList(type: Type, name: string, declared: Omit<RankedList, 'type' | 'path'>): RankedList {
  const list = { ...declared, type, path: `${type.name} ${name}` };
  lists.set(list.path, list);
  return list;
}

/** Every list that was declared. */
export function rankedLists(): readonly RankedList[] {
  return [...lists.values()];
}

export function rankedList(path: string): RankedList {
  const list = lists.get(path);
  if (!list) throw new Error(`No list is declared as ${path}.`);
  return list;
}
