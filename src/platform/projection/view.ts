import type { Type } from '@nestjs/common';
import type { FilterTree } from '../contract/filters.js';
import type { SortKey } from '../contract/pages.js';

/**
 * What a caller wants to see: REST's default fields, `fields` and `include`, or a GraphQL selection set. Both faces use
 * this type. `key` is the name in the answer, `name` the field or relation it shows.
 */
export interface ObjectView {
  readonly fields: readonly ViewField[];
}

export interface ViewField {
  readonly key: string;
  readonly name: string;
  /** Only for relations and parts: the view of the target or of the part. */
  readonly view?: ObjectView | PageView;
}

/** The view of a list, and which of its rows are shown. */
export interface PageView {
  /** The number of rows. */
  readonly first: number;
  /** Whether they are the last of the list, not the first. */
  readonly backward?: boolean;
  readonly after: string | null;
  readonly before?: string | null;
  /** Which of a run's values holds the cursor; without it the cursor belongs to the statement. */
  readonly afterFrom?: string;
  readonly beforeFrom?: string;
  readonly filter: FilterTree | null;
  /** What a saved filter asks for besides: the bounds of a filter hold for each of both. */
  readonly saved?: { readonly filter: FilterTree; readonly q: string | null };
  readonly sort: readonly SortKey[];
  /** Only rows that contain all of these words. */
  readonly q?: string | null;
  /** Show deleted rows instead of the others. */
  readonly trash?: boolean;
  /** The path of the ranked list that it is a page of; without it, of all rows. */
  readonly list?: string;
  readonly parts: readonly PagePart[];
  /** Show the rows as a plain array, without page information. */
  readonly bare?: boolean;
}

export type PagePart =
  | { readonly key: string; readonly part: 'nodes'; readonly view: ObjectView }
  | { readonly key: string; readonly part: 'edges'; readonly entries: readonly EdgeEntry[] }
  | { readonly key: string; readonly part: 'pageInfo'; readonly entries: readonly InfoEntry[] }
  | { readonly key: string; readonly part: 'totalCount' }
  | TypeName;

export type EdgeEntry =
  | { readonly key: string; readonly part: 'cursor' }
  | { readonly key: string; readonly part: 'node'; readonly view: ObjectView }
  | TypeName;

/** GraphQL's `__typename` of types that are not resources. */
interface TypeName {
  readonly key: string;
  readonly part: 'typename';
  readonly type: string;
}

export interface InfoEntry {
  readonly key: string;
  readonly name: 'endCursor' | 'startCursor' | 'hasNextPage' | 'hasPreviousPage' | 'totalCount' | '__typename';
}

export function isPageView(view: ObjectView | PageView): view is PageView {
  return 'parts' in view;
}

/**
 * One of several reads in one statement. An id is given as the name of the run's value: a UUID, a list of
 * them, or null, which finds nothing.
 */
export type ViewRead =
  | { readonly kind: 'page'; readonly type: Type; readonly view: PageView }
  | { readonly kind: 'one'; readonly type: Type; readonly view: ObjectView; readonly id: string }
  | { readonly kind: 'node'; readonly views: NodeViews; readonly id: string }
  | { readonly kind: 'nodes'; readonly views: NodeViews; readonly ids: string };

/** The views of a row whose type is known only from its id. */
export type NodeViews = ReadonlyMap<Type, ObjectView>;
