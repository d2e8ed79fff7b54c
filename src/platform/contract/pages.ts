import type { Type } from '@nestjs/common';
import { Field, ID, Int, ObjectType, TypeMetadataStorage } from '@nestjs/graphql';
import { filterOf, namedClass, namingFields, searchableFields, sortOf } from './filters.js';
import { relationsOf } from './relations.js';
import type { Relation } from './relations.js';
import { allResources, resourceName } from './resources.js';

export const LARGEST_PAGE = 100;
export const DEFAULT_PAGE = 50;

/** One sort key. */
export interface SortKey {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** Where a page ends, in Relay's words (GraphQL Cursor Connections Specification). */
@ObjectType('PageInfo', { description: 'Where this page ends.' })
class PageInfo {
  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `after` to read the next page; null on an empty page.',
  })
  endCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `before` to read the previous page; null on an empty page.',
  })
  startCursor!: string | null;

  @Field(() => Boolean, { description: 'Whether there are rows after this page, or a `before` cursor.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are rows before this page, or an `after` cursor.' })
  hasPreviousPage!: boolean;
}

const connections = new Map<Type, Type>();

/** The Relay connection of a resource. */
export function pageOf(type: Type): Type {
  const known = connections.get(type);
  if (known) return known;
  const { plural } = resourceName(type);
  const edge = namedClass(`${type.name}Edge`);
  const connection = namedClass(`${type.name}Connection`);
  connections.set(type, connection);
  ObjectType(edge.name, { description: 'A row and its position in the list.' })(edge);
  play(edge, 'cursor', () => String, 'The position of this row: pass it as `after` or `before`.');
  play(edge, 'node', () => type, 'The row.');
  ObjectType(connection.name, { description: `A page of ${plural}.` })(connection);
  play(connection, 'nodes', () => [type], 'The rows.');
  play(connection, 'edges', () => [edge], 'The rows with their cursors.');
  play(connection, 'pageInfo', () => PageInfo, 'Where this page ends.');
  play(connection, 'totalCount', () => Int, 'The number of all matching rows; counted only when selected.');
  return connection;
}

/** The order of a relation's rows. */
export function relationSort({ order }: Relation): readonly SortKey[] {
  return [order.startsWith('-') ? { field: order.slice(1), direction: 'desc' } : { field: order, direction: 'asc' }];
}

/** Gives every declared relation its GraphQL field. Called once, when all features have been loaded. */
export function playRelations(): void {
  for (const { type } of allResources()) {
    for (const relation of relationsOf(type).values()) playRelation(type, relation);
  }
}

function playRelation(type: Type, relation: Relation): void {
  const target = relation.to();
  const prototype = type.prototype as object;
  if (!relation.many) {
    Field(() => target, { nullable: true, description: relation.description })(prototype, relation.name);
    return;
  }
  const connection = pageOf(target);
  Field(() => connection, { description: relation.description })(prototype, relation.name);
  takesPage(type, relation.name, target);
}

/** Gives a field the arguments of a page; they are read from the selection, both at the root and in nested fields. */
export function takesPage(type: Type, method: string, target: Type): void {
  takes(type, method, pageArguments(target));
}

/** The same for a ranked list, which has an order of its own. */
export function takesRankedPage(type: Type, method: string, target: Type): void {
  takes(
    type,
    method,
    pageArguments(target).filter(({ name }) => !['sort', 'q', 'trash'].includes(name)),
  );
}

function takes(type: Type, method: string, given: readonly PageArgument[]): void {
  for (const [index, { name, of, description, list }] of given.entries()) {
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'arg',
      name,
      description,
      target: type,
      methodName: method,
      typeFn: of as () => Type,
      index: 100 + index,
      options: { nullable: true, ...(list ? { isArray: true, arrayDepth: 1 } : {}) },
    });
  }
}

interface PageArgument {
  readonly name: 'first' | 'after' | 'last' | 'before' | 'filter' | 'savedFilter' | 'sort' | 'q' | 'trash';
  readonly of: () => unknown;
  readonly description: string;
  readonly list?: boolean;
}

function pageArguments(type: Type): readonly PageArgument[] {
  const [filter, sort] = [filterOf(type), sortOf(type)];
  const size = `The number of rows: 1 to ${LARGEST_PAGE}, default ${DEFAULT_PAGE}.`;
  return [
    { name: 'first', of: () => Int, description: size },
    { name: 'after', of: () => String, description: 'Rows after this cursor.' },
    { name: 'last', of: () => Int, description: `The last rows instead of the first: 1 to ${LARGEST_PAGE}.` },
    {
      name: 'before',
      of: () => String,
      description: 'Rows before this cursor; without `first` or `last`, those that are nearest to it.',
    },
    { name: 'filter', of: () => filter, description: 'Only rows that match these conditions.' },
    { name: 'savedFilter', of: () => ID, description: SAVED_MEANING },
    { name: 'sort', of: () => sort, list: true, description: 'The order; ties are broken by id.' },
    ...(searchableFields(type).length > 0
      ? [{ name: 'q', of: () => String, description: searchMeaning(type) } as const]
      : []),
    ...(resourceName(type).restorable
      ? [{ name: 'trash', of: () => Boolean, description: TRASH_MEANING } as const]
      : []),
  ];
}

/** What `savedFilter` means, on both faces. */
export const SAVED_MEANING =
  'The id of a saved filter for this list: its conditions count besides those given, and its order is used where none is given. Needs `savedFilters:read` too.';

/** What `trash` means, on both faces. */
export const TRASH_MEANING = 'Show deleted rows instead; each can be restored for 30 days after its deletion.';

/** What `q` means for a resource, on both faces. */
export function searchMeaning(type: Type): string {
  const all = `Only rows that contain all of these words, each as the beginning of a word, without regard to case and accents, in: ${searchableFields(type).join(', ')}.`;
  const names = namingFields(type).join(' and ');
  return names
    ? `${all} A misspelt ${names} is found too, after the exact matches. Without \`sort\`, the best match comes first.`
    : all;
}

function play(type: Type, name: string, of: () => unknown, description: string): void {
  Field(() => of() as Type, { description })(type.prototype as object, name);
}
