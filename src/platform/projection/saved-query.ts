import type { Type } from '@nestjs/common';
import type { FilterTree } from '../contract/filters.js';
import type { SortKey } from '../contract/pages.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';
import { filterOf, searchOf, sortOf } from './asked-rows.js';
import type { Refuse } from './asked-rows.js';
import { filterSql } from './filter.js';
import { SqlText } from './sql-text.js';

/** Which rows of a list somebody wants, and in what order, as it is kept. */
interface KeptQuery {
  readonly filter: FilterTree;
  /** Words as in an address: `-dueAt`. */
  readonly sort: readonly string[];
  readonly q: string | null;
}

/** The same with a name, for one list. */
interface NamedQuery extends KeptQuery {
  readonly id: string;
  readonly name: string;
  /** The plural of the resource. */
  readonly list: string;
}

/** What a list does with it. Without an order of its own, the list keeps its usual one. */
export interface KeptRows {
  readonly filter: FilterTree;
  readonly sort: readonly SortKey[] | null;
  readonly q: string | null;
}

/** The saved filters that a request names, by their ids. */
export type SavedQueries = ReadonlyMap<string, SavedQuery>;

/** A saved filter that a request names. */
export class SavedQuery {
  /** @param found the saved filter; or, if the caller cannot use it, the refusal at a place of the request */
  constructor(private readonly found: NamedQuery | ((pointer: string) => Problem)) {}

  /** Equal for those that ask for the same. */
  get key(): string {
    return JSON.stringify(this.found) ?? '';
  }

  /** @throws Problem at the pointer when it cannot be used, is of another list, or does not fit the list any more */
  rowsOf(type: Type, pointer: string): KeptRows {
    const { found } = this;
    if (typeof found === 'function') throw found(pointer);
    const { plural } = resourceName(type);
    if (found.list !== plural) throw refusal(pointer, 'otherList', ofAnotherList(found, plural));
    const { broken, ...rows } = judged(type, found);
    if (broken.length > 0) throw refusal(pointer, 'isOutdated', outdated(found, broken));
    return rows;
  }
}

/** What of a query does not fit the list of a resource: every place, `filter/…`, `sort` or `q`. */
export function faultsOf(type: Type, query: KeptQuery): readonly ProblemDetail[] {
  return judged(type, query).broken;
}

/** The arguments of a list with the saved filter itself in the place of its id, if the request found it. */
export function withSaved<G extends { readonly savedFilter?: unknown }>(given: G, saved: SavedQueries | undefined): G {
  const { savedFilter: id } = given;
  const found = typeof id === 'string' ? saved?.get(id.toLowerCase()) : undefined;
  return found ? { ...given, savedFilter: found } : given;
}

/** By the same code that judges the filter of a request. */
function judged(type: Type, { filter, sort, q }: KeptQuery): KeptRows & { readonly broken: readonly ProblemDetail[] } {
  const broken: ProblemDetail[] = [];
  const refuse: Refuse = (pointer, code, detail) => void broken.push({ pointer, code, detail });
  const rows = {
    filter: filterOf(filter, refuse) ?? {},
    sort: sortOf(type, sort, refuse),
    q: searchOf(type, q, refuse),
  };
  try {
    filterSql(new SqlText(), type, 't', rows.filter);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    broken.push(...error.details);
  }
  return { ...rows, broken };
}

function ofAnotherList({ id, name, list }: NamedQuery, plural: string): string {
  return `The saved filter "${name}" (${id}) is for the list ${list}, not for ${plural}: name one for ${plural}, or none.`;
}

function outdated({ id, name, list }: NamedQuery, broken: readonly ProblemDetail[]): string {
  const why = broken.map(({ detail }) => detail).join(' ');
  return `The saved filter "${name}" (${id}) no longer fits the list ${list}: ${why} Change or delete it, or leave it out.`;
}

function refusal(pointer: string, code: string, detail: string): Problem {
  return new Problem('unprocessable', detail, [{ pointer, code, detail }]);
}
