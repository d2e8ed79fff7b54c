import type { FilterTree } from '../contract/filters.js';
import type { SortKey } from '../contract/pages.js';

/**
 * What a caller wants to see: REST's default fields, `fields` and `include`, or a GraphQL selection set. One type from
 * either face. `key` is the name in the answer, `name` the field or relation it shows.
 */
export interface ObjectView {
  readonly fields: readonly ViewField[];
}

export interface ViewField {
  readonly key: string;
  readonly name: string;
  /** Only for relations: what is seen of the other side. */
  readonly view?: ObjectView | PageView;
}

/** What is seen of a list, and which rows of it. */
export interface PageView {
  readonly first: number;
  readonly after: string | null;
  readonly filter: FilterTree | null;
  readonly sort: readonly SortKey[];
  readonly parts: readonly PagePart[];
  /** Show the rows as a plain array, without an envelope. */
  readonly bare?: boolean;
}

export type PagePart =
  | { readonly key: string; readonly part: 'nodes'; readonly view: ObjectView }
  | { readonly key: string; readonly part: 'edges'; readonly entries: readonly EdgeEntry[] }
  | { readonly key: string; readonly part: 'pageInfo'; readonly entries: readonly InfoEntry[] }
  | { readonly key: string; readonly part: 'totalCount' };

export type EdgeEntry =
  | { readonly key: string; readonly part: 'cursor' }
  | { readonly key: string; readonly part: 'node'; readonly view: ObjectView };

export interface InfoEntry {
  readonly key: string;
  readonly name: 'endCursor' | 'startCursor' | 'hasNextPage' | 'hasPreviousPage' | 'totalCount';
}

export function isPageView(view: ObjectView | PageView): view is PageView {
  return 'parts' in view;
}
