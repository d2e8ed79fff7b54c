import type { Type } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { GraphQLObjectType, getNamedType, isAbstractType, getArgumentValues, getDirectiveValues } from 'graphql';
import { GraphQLIncludeDirective, GraphQLSkipDirective } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { relationsOf } from '../contract/relations.js';
import { allResources } from '../contract/resources.js';
import type { EdgeEntry, InfoEntry, ObjectView, PagePart, PageView, ViewField } from '../projection/view.js';
import { pageRows } from '../resources/page-arguments.js';
import type { PageArguments } from '../resources/page-arguments.js';
import { relationSort } from '../resources/rest-view.js';

/** The view of one resource that a GraphQL selection asks for: the field's own type, or the resource inside a payload. */
export const SelectedObject = createParamDecorator((type: Type, context: ExecutionContext): ObjectView => {
  const info = infoOf(context);
  const reader = new SelectionReader(info);
  const named = getNamedType(info.returnType);
  return reader.object(
    type,
    named.name === type.name ? info.fieldNodes : reader.below(info.fieldNodes, named.name, type.name),
  );
});

/** The page that a GraphQL selection asks for. */
export const SelectedPage = createParamDecorator((type: Type, context: ExecutionContext): PageView => {
  const info = infoOf(context);
  const given = argumentsOf(info, info.parentType, info.fieldNodes);
  return new SelectionReader(info).page(type, info.fieldNodes, pageRows(type, given));
});

/** Turns selection sets into views. Every name in the answer is the response key, so that aliases keep their own arguments. */
class SelectionReader {
  constructor(private readonly info: GraphQLResolveInfo) {}

  object(type: Type, nodes: readonly FieldNode[]): ObjectView {
    const fields = [...this.collect(nodes, type.name)].map(([key, found]): ViewField => this.field(type, key, found));
    return { fields };
  }

  page(type: Type, nodes: readonly FieldNode[], rows: ReturnType<typeof pageRows>): PageView {
    const parts = [...this.collect(nodes, `${type.name}Connection`)].flatMap(([key, found]) =>
      this.part(type, key, found),
    );
    return { ...rows, parts };
  }

  /** The selections on the field of the payload whose type is the resource. */
  below(nodes: readonly FieldNode[], payload: string, resource: string): readonly FieldNode[] {
    const fields = this.objectType(payload).getFields();
    const entries = [...this.collect(nodes, payload).values()];
    return entries.flatMap((found) => {
      const definition = fields[found[0]?.name.value ?? ''];
      return definition && getNamedType(definition.type).name === resource ? found : [];
    });
  }

  private field(type: Type, key: string, nodes: readonly FieldNode[]): ViewField {
    const name = nodes[0]?.name.value ?? key;
    const relation = relationsOf(type).get(name);
    if (!relation) return { key, name };
    const target = relation.to();
    if (!relation.many) return { key, name, view: this.object(target, nodes) };
    const given = argumentsOf(this.info, this.objectType(type.name), nodes);
    const rows = pageRows(target, given, { first: relation.first, sort: relationSort(relation) });
    return { key, name, view: this.page(target, nodes, rows) };
  }

  private part(type: Type, key: string, nodes: readonly FieldNode[]): PagePart[] {
    switch (nodes[0]?.name.value) {
      case 'nodes':
        return [{ key, part: 'nodes', view: this.object(type, nodes) }];
      case 'edges':
        return [{ key, part: 'edges', entries: this.edges(type, nodes) }];
      case 'pageInfo':
        return [{ key, part: 'pageInfo', entries: this.pageInfo(nodes) }];
      case 'totalCount':
        return [{ key, part: 'totalCount' }];
      default:
        return [];
    }
  }

  private edges(type: Type, nodes: readonly FieldNode[]): EdgeEntry[] {
    return [...this.collect(nodes, `${type.name}Edge`)].flatMap(([key, found]): EdgeEntry[] => {
      if (found[0]?.name.value === 'cursor') return [{ key, part: 'cursor' }];
      if (found[0]?.name.value === 'node') return [{ key, part: 'node', view: this.object(type, found) }];
      return [];
    });
  }

  private pageInfo(nodes: readonly FieldNode[]): InfoEntry[] {
    return [...this.collect(nodes, 'PageInfo')].flatMap(([key, found]) => {
      const name = found[0]?.name.value ?? '';
      return name === '__typename' ? [] : [{ key, name: name as InfoEntry['name'] }];
    });
  }

  /** CollectFields of the GraphQL specification (§6.3.2), for a concrete type. */
  private collect(nodes: readonly FieldNode[], typeName: string): Map<string, FieldNode[]> {
    const found = new Map<string, FieldNode[]>();
    for (const { selectionSet } of nodes) if (selectionSet) this.gather(selectionSet, typeName, found);
    return found;
  }

  private gather(set: SelectionSetNode, typeName: string, found: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (!this.included(selection)) continue;
      if (selection.kind === 'Field') {
        if (selection.name.value === '__typename') continue;
        const key = selection.alias?.value ?? selection.name.value;
        found.set(key, [...(found.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? this.info.fragments[selection.name.value] : selection;
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (!condition || this.applies(condition, typeName)))
        this.gather(fragment.selectionSet, typeName, found);
    }
  }

  private included(node: SelectionSetNode['selections'][number]): boolean {
    const { variableValues } = this.info;
    if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;
  }

  private applies(condition: string, typeName: string): boolean {
    if (condition === typeName) return true;
    const type = this.info.schema.getType(condition);
    return isAbstractType(type) && this.info.schema.isSubType(type, this.objectType(typeName));
  }

  private objectType(name: string): GraphQLObjectType {
    const type = this.info.schema.getType(name);
    if (!(type instanceof GraphQLObjectType)) throw new Error(`${name} is not an object type.`);
    return type;
  }
}

function argumentsOf(info: GraphQLResolveInfo, parent: GraphQLObjectType, nodes: readonly FieldNode[]): PageArguments {
  const [node] = nodes;
  const definition = node ? parent.getFields()[node.name.value] : undefined;
  return node && definition ? getArgumentValues(definition, node, info.variableValues) : {};
}

function infoOf(context: ExecutionContext): GraphQLResolveInfo {
  return GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
}

/** Names of the types whose values PostgreSQL wrote, keyed by response key. */
export function projectedTypeNames(): ReadonlySet<string> {
  const names = allResources().flatMap(({ type: { name } }) => [name, `${name}Connection`, `${name}Edge`]);
  return new Set([...names, 'PageInfo']);
}
