import type { Type } from '@nestjs/common';
import { isSafeText, isVisibleText } from '../../kit/text.js';
import { searchableFields, sortableFields } from '../contract/filters.js';
import type { FilterTree } from '../contract/filters.js';
import type { SortKey } from '../contract/pages.js';
import { wordsIn } from './words-in.js';

/** Notes what is wrong with a place. */
export type Refuse = (pointer: string, code: string, detail: string) => void;

/** In UTF-16 code units. */
export const LONGEST_SEARCH = 200;
export const MOST_SORT_KEYS = 4;

export function filterOf(given: unknown, refuse: Refuse): FilterTree | null {
  if (given === null || (typeof given === 'object' && !Array.isArray(given))) return given as FilterTree | null;
  refuse('filter', 'isFilter', 'filter holds conditions, such as filter[company][contains]=acme.');
  return null;
}

export function searchOf(type: Type, given: unknown, refuse: Refuse): string | null {
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

export function sortOf(type: Type, given: unknown, refuse: Refuse): readonly SortKey[] | null {
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

/** `-dueAt` or `name`. */
function sortKey(word: string): SortKey {
  return word.startsWith('-') ? { field: word.slice(1), direction: 'desc' } : { field: word, direction: 'asc' };
}
