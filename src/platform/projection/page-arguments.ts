import type { Type } from '@nestjs/common';
import { namingFields } from '../contract/filters.js';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../contract/pages.js';
import type { SortKey } from '../contract/pages.js';
import type { RankedList } from '../contract/ranked-lists.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';
import { filterOf, searchOf, sortOf } from './asked-rows.js';
import type { Refuse } from './asked-rows.js';
import { SavedQuery } from './saved-query.js';
import type { KeptRows } from './saved-query.js';
import { RELEVANCE } from './search.js';
import type { PageView } from './view.js';

/** The arguments of a page as either face received them. */
export interface PageArguments {
  readonly first?: unknown;
  readonly after?: unknown;
  readonly last?: unknown;
  readonly before?: unknown;
  readonly filter?: unknown;
  /** The saved filter itself, in the place of its id; see `withSaved`. */
  readonly savedFilter?: unknown;
  readonly sort?: unknown;
  readonly q?: unknown;
  readonly trash?: unknown;
}

export type PageRows = Pick<
  PageView,
  'first' | 'backward' | 'after' | 'before' | 'filter' | 'saved' | 'sort' | 'q' | 'trash' | 'list'
>;

export const LONGEST_CURSOR = 2_000;

/** Checks a page's arguments for both faces, and names every invalid one. */
export function pageRows(
  type: Type,
  given: PageArguments,
  defaults: { first?: number; sort?: readonly SortKey[] } = {},
): PageRows {
  const broken: ProblemDetail[] = [];
  const refuse = (pointer: string, code: string, detail: string): void => void broken.push({ pointer, code, detail });
  const kept = keptRows(type, given.savedFilter ?? null, refuse);
  const own = searchOf(type, given.q ?? null, refuse);
  const q = own ?? kept?.q ?? null;
  const rows: PageRows = {
    ...sizeOf(given, defaults.first ?? DEFAULT_PAGE, refuse),
    after: cursorOf('after', given.after ?? null, refuse),
    before: cursorOf('before', given.before ?? null, refuse),
    filter: filterOf(given.filter ?? null, refuse),
    // The list ranks by one search. Where there are two, it is that of the request.
    ...(kept ? { saved: { filter: kept.filter, q: own === null ? null : kept.q } } : {}),
    q,
    trash: trashOf(type, given.trash ?? false, refuse),
    sort: sortOf(type, given.sort ?? null, refuse) ?? kept?.sort ?? usualSort(type, q, defaults.sort),
  };
  if (broken.length > 0) throw new Problem('invalid_input', broken.map(({ detail }) => detail).join(' '), broken);
  return rows;
}

/** The same for a ranked list, which has an order of its own. */
export function rankedRows(list: RankedList, given: PageArguments): PageRows {
  const { first, after, last, before, filter, savedFilter } = given;
  const rows = pageRows(list.type, { first, after, last, before, filter, savedFilter });
  return { ...rows, sort: list.sort, list: list.path };
}

/** What a saved filter asks for, or null. @throws Problem when it is of another list, or does not fit it any more */
function keptRows(type: Type, savedFilter: unknown, refuse: Refuse): KeptRows | null {
  if (savedFilter === null) return null;
  if (savedFilter instanceof SavedQuery) return savedFilter.rowsOf(type, 'savedFilter');
  refuse('savedFilter', 'isUuid', 'savedFilter must be a UUID: the id of one saved filter.');
  return null;
}

/** The number of rows, and from which end of the list. `before` alone reads the rows before it, as a page backwards. */
function sizeOf(
  { first, last, before }: PageArguments,
  usual: number,
  refuse: Refuse,
): Pick<PageView, 'first' | 'backward'> {
  const [isFirst, isLast] = [given(first), given(last)];
  if (isFirst && isLast) refuse('last', 'oneOf', 'Give either first or last: the first rows, or the last ones.');
  if (isLast) return { first: countOf('last', last, refuse), backward: true };
  return { first: countOf('first', first ?? usual, refuse), backward: !isFirst && given(before) };
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function countOf(pointer: 'first' | 'last', asked: unknown, refuse: Refuse): number {
  const count = typeof asked === 'string' && /^\d{1,4}$/.test(asked) ? Number(asked) : asked;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= LARGEST_PAGE) return count;
  refuse(pointer, 'outOfRange', `${pointer} must be a whole number from 1 to ${LARGEST_PAGE}.`);
  return DEFAULT_PAGE;
}

function cursorOf(pointer: 'after' | 'before', asked: unknown, refuse: Refuse): string | null {
  if (asked === null || (typeof asked === 'string' && asked.length <= LONGEST_CURSOR)) return asked;
  refuse(pointer, 'isCursor', `${pointer} must be one cursor that this list gave.`);
  return null;
}

function trashOf(type: Type, given: unknown, refuse: Refuse): boolean {
  const trash = given === 'true' ? true : given === 'false' ? false : given;
  if (typeof trash === 'boolean' && (!trash || resourceName(type).restorable)) return trash;
  refuse('trash', 'isTrash', 'trash is true or false, and true only where deleted rows can be restored.');
  return false;
}

/** The best match first when words are searched in names; else the list's own order. */
function usualSort(type: Type, q: unknown, own: readonly SortKey[] | undefined): readonly SortKey[] {
  if (q !== null && namingFields(type).length > 0) return [{ field: RELEVANCE, direction: 'desc' }];
  return own ?? [{ field: 'id', direction: 'desc' }];
}
