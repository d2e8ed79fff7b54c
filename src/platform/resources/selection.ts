import type { Type } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { getNamedType } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { requestOf } from '../auth/request.js';
import { NODE_TYPE } from '../contract/node.js';
import type { RankedList } from '../contract/ranked-lists.js';
import type { NodeViews, ObjectView, PageView } from '../projection/view.js';
import { pageRows, rankedRows } from '../projection/page-arguments.js';
import type { PageRows } from '../projection/page-arguments.js';
import { SelectionReader } from './selection-reader.js';

/** The view of one resource that a GraphQL selection asks for: the field's own type, or the resource inside a payload. */
export const SelectedObject = createParamDecorator((type: Type, context: ExecutionContext): ObjectView => {
  const info = infoOf(context);
  const reader = readerOf(context);
  const named = getNamedType(info.returnType);
  return reader.object(
    type,
    named.name === type.name ? info.fieldNodes : reader.below(info.fieldNodes, named.name, type.name),
  );
});

/** The page that a GraphQL selection asks for. */
export const SelectedPage = createParamDecorator((type: Type, context: ExecutionContext): PageView => {
  const info = infoOf(context);
  const reader = readerOf(context);
  return reader.page(type, info.fieldNodes, pageRows(type, reader.argumentsOf(info.parentType, info.fieldNodes)));
});

/** Which rows of a list the arguments of a GraphQL field ask for, whatever it returns of them. */
export const SelectedRows = createParamDecorator((type: Type, context: ExecutionContext): PageRows => {
  const info = infoOf(context);
  return pageRows(type, readerOf(context).argumentsOf(info.parentType, info.fieldNodes));
});

/** The page of a ranked list that a GraphQL selection asks for. */
export const SelectedList = createParamDecorator((list: RankedList, context: ExecutionContext): PageView => {
  const info = infoOf(context);
  const reader = readerOf(context);
  const rows = rankedRows(list, reader.argumentsOf(info.parentType, info.fieldNodes));
  return reader.page(list.type, info.fieldNodes, rows);
});

/** The selection on a node for each of its possible types. */
export type SelectNodes = (types: readonly Type[]) => NodeViews;

/** The views of a field whose type is `Node`; each contains its type under a key that no selection can have. */
export const SelectedNodes = createParamDecorator((_: unknown, context: ExecutionContext): SelectNodes => {
  const info = infoOf(context);
  const reader = readerOf(context);
  const typed = { key: NODE_TYPE, name: '__typename' };
  return (types) =>
    new Map(types.map((type) => [type, { fields: [typed, ...reader.object(type, info.fieldNodes).fields] }]));
});

function readerOf(context: ExecutionContext): SelectionReader {
  const { schema, fragments, variableValues } = infoOf(context);
  return new SelectionReader({ schema, fragments, variableValues, saved: requestOf(context).saved });
}

function infoOf(context: ExecutionContext): GraphQLResolveInfo {
  return GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
}
