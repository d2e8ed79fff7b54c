import type { Type } from '@nestjs/common';
import { isSafeText, isVisibleText } from '../../kit/text.js';
import { namingFields, searchableFields, sortableFields } from '../contract/filters.js';
import type { FilterTree } from '../contract/filters.js';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../contract/pages.js';
import type { SortKey } from '../contract/pages.js';
import type { RankedList } from '../contract/ranked-lists.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';
import type { PageView } from './view.js';
import { RELEVANCE } from './search.js';
import { wordsIn } from './words-in.js';

/** The arguments of a page as either face received them. */
export interface PageArguments {
  readonly first?: unknown;
  readonly after?: unknown;
  readonly last?: unknown;
  readonly before?: unknown;
  readonly filter?: unknown;
  readonly sort?: unknown;
  readonly q?: unknown;
  readonly trash?: unknown;
}

export type PageRows = Pick<
  PageView,
  'first' | 'backward' | 'after' | 'before' | 'filter' | 'sort' | 'q' | 'trash' | 'list'
>;

const LONGEST_SEARCH = 200;

export const LONGEST_CURSOR = 2_000;
const MOST_SORT_KEYS = 4;

/** Checks a page's arguments for both faces, and names every invalid one. */
export function pageRows(
  type: Type,
  given: PageArguments,
  defaults: { first?: number; sort?: readonly SortKey[] } = {},
): PageRows {
  const broken: ProblemDetail[] = [];
  const refuse = (pointer: string, code: string, detail: string): void => void broken.push({ pointer, code, detail });
  const rows: PageRows = {
    ...sizeOf(given, defaults.first ?? DEFAULT_PAGE, refuse),
    after: cursorOf('after', given.after ?? null, refuse),
    before: cursorOf('before', given.before ?? null, refuse),
    filter: filterOf(given.filter ?? null, refuse),
    q: searchOf(type, given.q ?? null, refuse),
    trash: trashOf(type, given.trash ?? false, refuse),
    sort: sortOf(type, given.sort ?? null, refuse) ?? usualSort(type, given.q ?? null, defaults.sort),
  };
  if (broken.length > 0) throw new Problem('invalid_input', broken.map(({ detail }) => detail).join(' '), broken);
  return rows;
}

/** The same for a ranked list, which has an order of its own. */
export function rankedRows(list: RankedList, { first, after, last, before, filter }: PageArguments): PageRows {
  return { ...pageRows(list.type, { first, after, last, before, filter }, { sort: list.sort }), list: list.path };
}

type Refuse = (pointer: string, code: string, detail: string) => void;

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

function filterOf(given: unknown, refuse: Refuse): FilterTree | null {
  if (given === null || (typeof given === 'object' && !Array.isArray(given))) return given as FilterTree | null;
  refuse('filter', 'isFilter', 'filter holds conditions, such as filter[company][contains]=acme.');
  return null;
}

function searchOf(type: Type, given: unknown, refuse: Refuse): string | null {
  if (given === null) return null;
  const fits = typeof given === 'string' && given.length <= LONGEST_SEARCH && isSafeText(given);
  if (fits && isVisibleText(given) && searchableFields(type).length > 0) return given;
  const there = searchableFields(type).length > 0;
  refuse(
    'q',
    'isSearch',
    there ? `q takes 1 to ${LONGEST_SEARCH} characters of text to search for.` : 'This list has no text to search in.',
  );
  return null;
}

function trashOf(type: Type, given: unknown, refuse: Refuse): boolean {
  const trash = given === 'true' ? true : given === 'false' ? false : given;
  if (typeof trash === 'boolean' && (!trash || resourceName(type).restorable)) return trash;
  refuse('trash', 'isTrash', 'trash is true or false, and true only where deleted rows can be restored.');
  return false;
}

function sortOf(type: Type, given: unknown, refuse: Refuse): readonly SortKey[] | null {
  if (given === null) return null;
  const isWords = typeof given === 'string' || (Array.isArray(given) && typeof given[0] === 'string');
  const keys = isWords ? wordsIn(given).map(sortKey) : (given as readonly SortKey[]);
  const allowed = sortableFields(type);
  const known =
    Array.isArray(keys) && keys.length <= MOST_SORT_KEYS && keys.every(({ field }) => allowed.includes(field));
  if (known && new Set(keys.map(({ field }) => field)).size === keys.length) return keys.length > 0 ? keys : null;
  refuse(
    'sort',
    'isSort',
    `sort takes up to ${MOST_SORT_KEYS} different fields of: ${allowed.join(', ')}; - before one means descending.`,
  );
  return null;
}

/** The best match first when words are searched in names; else the list's own order. */
function usualSort(type: Type, q: unknown, own: readonly SortKey[] | undefined): readonly SortKey[] {
  if (q !== null && namingFields(type).length > 0) return [{ field: RELEVANCE, direction: 'desc' }];
  return own ?? [{ field: 'id', direction: 'desc' }];
}

/** `-dueAt` or `name`. */
function sortKey(word: string): SortKey {
  return word.startsWith('-') ? { field: word.slice(1), direction: 'desc' } : { field: word, direction: 'asc' };
}
