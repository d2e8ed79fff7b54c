import type { Type } from '@nestjs/common';
import { GraphQLObjectType, getNamedType, isAbstractType, getArgumentValues, getDirectiveValues } from 'graphql';
import { GraphQLIncludeDirective, GraphQLSkipDirective } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionNode, SelectionSetNode } from 'graphql';
import { recipesOf } from '../contract/recipes.js';
import { relationsOf } from '../contract/relations.js';
import type { EdgeEntry, InfoEntry, ObjectView, PagePart, PageView, ViewField } from '../projection/view.js';
import { pageRows } from '../projection/page-arguments.js';
import type { PageArguments, PageRows } from '../projection/page-arguments.js';
import { withSaved } from '../projection/saved-query.js';
import type { SavedQueries } from '../projection/saved-query.js';
import { relationSort } from '../contract/pages.js';

/** The context of a selection: schema, fragments and variables, and the saved filters that the operation names. */
export interface Surroundings extends Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'> {
  readonly saved?: SavedQueries | undefined;
}

type Variables = GraphQLResolveInfo['variableValues'];

/** The default: the cursor is part of the view, not of the run. */
const BAKED = (): undefined => undefined;

/** Turns selection sets into views. Every name in the answer is the response key, so that aliases keep their arguments. */
export class SelectionReader {
  /** @param cursorFrom names the run's value that holds a cursor of a field, when there is one. */
  constructor(
    private readonly around: Surroundings,
    private readonly cursorFrom: (nodes: readonly FieldNode[], place: 'after' | 'before') => string | undefined = BAKED,
  ) {}

  object(type: Type, nodes: readonly FieldNode[]): ObjectView {
    const fields = [...this.collect(nodes, type.name)].map(([key, found]): ViewField => this.field(type, key, found));
    return { fields };
  }

  page(type: Type, nodes: readonly FieldNode[], rows: PageRows): PageView {
    const parts = [...this.collect(nodes, `${type.name}Connection`)].flatMap(([key, found]) =>
      this.part(type, key, found),
    );
    const [afterFrom, beforeFrom] = [this.cursorFrom(nodes, 'after'), this.cursorFrom(nodes, 'before')];
    const from = { ...(afterFrom ? { afterFrom } : {}), ...(beforeFrom ? { beforeFrom } : {}) };
    return { ...rows, ...from, parts };
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

  argumentsOf(parent: GraphQLObjectType, nodes: readonly FieldNode[]): PageArguments {
    const [node] = nodes;
    const definition = node ? parent.getFields()[node.name.value] : undefined;
    if (!node || !definition) return {};
    return withSaved<PageArguments>(getArgumentValues(definition, node, this.around.variableValues), this.around.saved);
  }

  /** CollectFields of the GraphQL specification (§6.3.2), for a concrete type: each named fragment once. */
  fieldsOf(sets: readonly SelectionSetNode[], typeName: string): Map<string, FieldNode[]> {
    const found = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.gather(set, typeName, found, visited);
    return found;
  }

  private collect(nodes: readonly FieldNode[], typeName: string): Map<string, FieldNode[]> {
    return this.fieldsOf(
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
      typeName,
    );
  }

  private field(type: Type, key: string, nodes: readonly FieldNode[]): ViewField {
    const name = nodes[0]?.name.value ?? key;
    const part = recipesOf(type).get(name)?.shape?.();
    if (part) return { key, name, view: this.object(part, nodes) };
    const relation = relationsOf(type).get(name);
    if (!relation) return { key, name };
    const target = relation.to();
    if (!relation.many) return { key, name, view: this.object(target, nodes) };
    const given = this.argumentsOf(this.objectType(type.name), nodes);
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
      case '__typename':
        return [{ key, part: 'typename', type: `${type.name}Connection` }];
      default:
        return [];
    }
  }

  private edges(type: Type, nodes: readonly FieldNode[]): EdgeEntry[] {
    return [...this.collect(nodes, `${type.name}Edge`)].flatMap(([key, found]): EdgeEntry[] => {
      switch (found[0]?.name.value) {
        case 'cursor':
          return [{ key, part: 'cursor' }];
        case 'node':
          return [{ key, part: 'node', view: this.object(type, found) }];
        case '__typename':
          return [{ key, part: 'typename', type: `${type.name}Edge` }];
        default:
          return [];
      }
    });
  }

  private pageInfo(nodes: readonly FieldNode[]): InfoEntry[] {
    return [...this.collect(nodes, 'PageInfo')].map(([key, found]) => {
      return { key, name: (found[0]?.name.value ?? key) as InfoEntry['name'] };
    });
  }

  private gather(set: SelectionSetNode, typeName: string, found: Map<string, FieldNode[]>, visited: Set<string>): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, this.around.variableValues)) continue;
      if (selection.kind === 'Field') {
        const key = selection.alias?.value ?? selection.name.value;
        const known = found.get(key);
        if (known) known.push(selection);
        else found.set(key, [selection]);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? this.unvisited(selection.name.value, visited) : selection;
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (!condition || this.applies(condition, typeName)))
        this.gather(fragment.selectionSet, typeName, found, visited);
    }
  }

  /** A chain of thirty fragments that each spread the next one twice would otherwise be read 2^30 times. */
  private unvisited(name: string, visited: Set<string>): Surroundings['fragments'][string] | undefined {
    if (visited.has(name)) return undefined;
    visited.add(name);
    return this.around.fragments[name];
  }

  private applies(condition: string, typeName: string): boolean {
    if (condition === typeName) return true;
    const type = this.around.schema.getType(condition);
    return isAbstractType(type) && this.around.schema.isSubType(type, this.objectType(typeName));
  }

  private objectType(name: string): GraphQLObjectType {
    const type = this.around.schema.getType(name);
    if (!(type instanceof GraphQLObjectType)) throw new Error(`${name} is not an object type.`);
    return type;
  }
}

/** Whether `@skip` and `@include` keep it. */
function isIncluded(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}
