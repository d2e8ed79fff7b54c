import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext, Type } from '@nestjs/common';
import type { Request } from '../auth/request.js';
import type { RankedList } from '../contract/ranked-lists.js';
import { recipesOf, usualFields } from '../contract/recipes.js';
import { includable, relationsOf } from '../contract/relations.js';
import type { Relation } from '../contract/relations.js';
import { LARGEST_PAGE, relationSort } from '../contract/pages.js';
import { Problem } from '../errors/problem.js';
import type { ObjectView, PageView, ViewField } from '../projection/view.js';
import { wholeView } from '../projection/projection.js';
import { AtomicPipe } from './atomic.pipe.js';
import { refuseUnknown } from './known-parameters.js';
import { pageRows, rankedRows } from '../projection/page-arguments.js';
import type { PageRows } from '../projection/page-arguments.js';
import { withSaved } from '../projection/saved-query.js';
import { wordsIn } from '../projection/words-in.js';

type Query = Readonly<Record<string, unknown>>;

const OBJECT_PARAMETERS = ['fields', 'include'];
const LIST_PARAMETERS = ['first', 'after', 'filter', 'savedFilter', 'total', ...OBJECT_PARAMETERS];
const PAGE_PARAMETERS = [...LIST_PARAMETERS, 'sort', 'q', 'trash'];
const ROWS_PARAMETERS = ['filter', 'savedFilter', 'sort', 'q', 'trash'];

/** The view of one resource that a REST request asks for. */
export const SeenObject = createParamDecorator((type: Type, context: ExecutionContext): ObjectView => {
  const query = queryOf(context);
  refuseUnknown(query, OBJECT_PARAMETERS);
  return objectView(type, query);
});

/** The view of each resource that a batch answers with. */
export const SeenEach = createParamDecorator((type: Type, context: ExecutionContext): ObjectView => {
  const query = queryOf(context);
  refuseUnknown(query, ['atomic', ...OBJECT_PARAMETERS]);
  return objectView(type, query);
});

/** Whether a batch is atomic. Parsed here, because the global pipe would convert any text to a boolean. */
export const SeenAtomic = createParamDecorator((_: unknown, context: ExecutionContext): boolean =>
  new AtomicPipe().transform(queryOf(context).atomic),
);

/** The page that a REST request asks for. */
export const SeenPage = createParamDecorator((type: Type, context: ExecutionContext): PageView => {
  const query = queryOf(context);
  refuseUnknown(query, PAGE_PARAMETERS);
  return pageViewOf(type, query, pageRows(type, query));
});

/** Which rows of a list, and in what order, a REST request wants as a file. The operation reads `format` itself. */
export const SeenRows = createParamDecorator((type: Type, context: ExecutionContext): PageRows => {
  const query = queryOf(context);
  refuseUnknown(query, ['format', ...ROWS_PARAMETERS]);
  return pageRows(type, query, { first: LARGEST_PAGE });
});

/** The page of a ranked list that a REST request asks for. */
export const SeenList = createParamDecorator((list: RankedList, context: ExecutionContext): PageView => {
  const query = queryOf(context);
  refuseUnknown(query, LIST_PARAMETERS);
  return pageViewOf(list.type, query, rankedRows(list, query));
});

/** REST's envelope: `{"data": […], "page": {…}}`. */
function pageViewOf(type: Type, query: Query, rows: PageRows): PageView {
  const total = flagOf(query.total);
  return {
    ...rows,
    parts: [
      { key: 'data', part: 'nodes', view: objectView(type, query) },
      {
        key: 'page',
        part: 'pageInfo',
        entries: [
          { key: 'endCursor', name: 'endCursor' },
          { key: 'hasNextPage', name: 'hasNextPage' },
          ...(total ? [{ key: 'totalCount', name: 'totalCount' } as const] : []),
        ],
      },
    ],
  };
}

function objectView(type: Type, query: Query): ObjectView {
  if (query.fields === undefined && query.include === undefined) return wholeView(type);
  const names = wordsOf(query.fields, 'fields', [...recipesOf(type).keys()]) ?? usualFields(type);
  const asked = wordsOf(query.include, 'include', includable(type)) ?? [];
  const more = asked.filter((name) => recipesOf(type).has(name) && !names.includes(name));
  const relations = asked.flatMap((name) => relationsOf(type).get(name) ?? []);
  return { fields: [...[...names, ...more].map((name) => ({ key: name, name })), ...relations.map(relationField)] };
}

/** An included list is a plain array of its first rows, as many as the relation shows by default. */
function relationField(relation: Relation): ViewField {
  const view = wholeView(relation.to());
  if (!relation.many) return { key: relation.name, name: relation.name, view };
  const rows = { first: relation.first, after: null, filter: null, sort: relationSort(relation) };
  const page: PageView = { ...rows, parts: [{ key: 'nodes', part: 'nodes', view }], bare: true };
  return { key: relation.name, name: relation.name, view: page };
}

function wordsOf(given: unknown, parameter: string, allowed: readonly string[]): string[] | null {
  if (given === undefined) return null;
  const words = [...new Set(wordsIn(given))];
  if (words.length > 0 && words.every((word) => allowed.includes(word))) return words;
  const offered = allowed.length > 0 ? `Allowed: ${allowed.join(', ')}.` : 'No names are allowed here.';
  throw Problem.field(
    parameter,
    'unknownName',
    `${parameter} takes names, separated by commas or repeated. ${offered}`,
  );
}

function flagOf(given: unknown): boolean {
  if (given === undefined || given === 'false') return false;
  if (given === 'true') return true;
  throw Problem.field('total', 'isBoolean', 'total must be true or false.');
}

function queryOf(context: ExecutionContext): Query {
  const { query = {}, saved } = context.switchToHttp().getRequest<Request & { query?: Query }>();
  return withSaved<Query>(query, saved);
}
