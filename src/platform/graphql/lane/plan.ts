import { Kind } from 'graphql';
import type { FieldNode, GraphQLObjectType } from 'graphql';
import { holdsScope } from '../../actor/actor.js';
import type { Actor } from '../../actor/actor.js';
import type { NodeViews, PageView, ViewRead } from '../../projection/view.js';
import { pageRows, rankedRows } from '../../projection/page-arguments.js';
import { SelectionReader } from '../../resources/selection-reader.js';
import type { CoercedOperation } from './coerced-operation.js';
import { rootReadOf, readableTypes } from '../../resources/root-reads.js';
import type { RootRead } from '../../resources/root-reads.js';

/** One key of the answer. */
interface Root {
  /** The key as JSON, with its colon. */
  readonly key: string;
  /** The text of the value, or null if a read returns it. */
  readonly text: string | null;
  /** The text if nothing was found; null if that is an error. */
  readonly absent: string | null;
}

/** How the text lane answers an operation: the reads, their keys, and which of the run's values are ids. */
export interface Plan {
  readonly roots: readonly Root[];
  readonly reads: readonly ViewRead[];
  /** Values from the document itself. */
  readonly constants: Readonly<Record<string, unknown>>;
  /** Values that must be UUIDs. In `nodeIds` and in the items of `idLists`, other values are allowed and find nothing. */
  readonly ids: readonly string[];
  readonly nodeIds: readonly string[];
  readonly idLists: readonly string[];
}

/** The run's value that holds the account's own id. */
export const OWN_ID = 'own';

/**
 * The plan of a query, or null if the ordinary lane must answer: because of a field that is not a plain read, or a scope that
 * the key lacks.
 * @throws Problem or GraphQLError when an argument is invalid; the ordinary lane then reports the same.
 */
export function planOf(asked: CoercedOperation, actor: Actor): Plan | null {
  const query = asked.schema.getQueryType();
  if (asked.operation.operation !== 'query' || !query) return null;
  return new Planner(asked, actor, query).plan();
}

class Planner {
  private readonly reader: SelectionReader;
  private readonly roots: Root[] = [];
  private readonly reads: ViewRead[] = [];
  private readonly constants: Record<string, unknown> = {};
  private readonly ids: string[] = [];
  private readonly nodeIds: string[] = [];
  private readonly idLists: string[] = [];

  constructor(
    private readonly asked: CoercedOperation,
    private readonly actor: Actor,
    private readonly query: GraphQLObjectType,
  ) {
    this.reader = new SelectionReader(asked, variableOf);
  }

  plan(): Plan | null {
    const { roots, reads, constants, ids, nodeIds, idLists } = this;
    const fields = this.reader.fieldsOf([this.asked.operation.selectionSet], this.query.name);
    for (const [key, nodes] of fields) if (!this.root(key, nodes)) return null;
    return reads.length > 0 ? { roots, reads, constants, ids, nodeIds, idLists } : null;
  }

  private root(key: string, nodes: readonly FieldNode[]): boolean {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return this.put(key, { text: JSON.stringify(this.query.name), absent: null });
    if (name === 'node' || name === 'nodes') return this.node(key, name, nodes);
    const read = rootReadOf(name);
    if (!read || !holdsScope(this.actor.scopes, read.scope)) return false;
    this.reads.push(this.read(key, read, nodes));
    return this.put(key, { text: null, absent: null });
  }

  private node(key: string, kind: 'node' | 'nodes', nodes: readonly FieldNode[]): boolean {
    const types = readableTypes(this.actor);
    const views: NodeViews = new Map(types.map((type) => [type, this.reader.object(type, nodes)]));
    const from = this.valueFrom(key, nodes, kind === 'node' ? 'id' : 'ids');
    (kind === 'node' ? this.nodeIds : this.idLists).push(from);
    this.reads.push(kind === 'node' ? { kind, views, id: from } : { kind, views, ids: from });
    return this.put(key, { text: null, absent: 'null' });
  }

  private read(key: string, { kind, type, list }: RootRead, nodes: readonly FieldNode[]): ViewRead {
    switch (kind) {
      case 'page': {
        const given = this.reader.argumentsOf(this.query, nodes);
        const rows = list ? rankedRows(list, given) : pageRows(type, given);
        const view = this.reader.page(type, nodes, rows);
        const [afterFrom, beforeFrom] = [this.cursorIn(view, 'after', key), this.cursorIn(view, 'before', key)];
        const from = { ...(afterFrom ? { afterFrom } : {}), ...(beforeFrom ? { beforeFrom } : {}) };
        return { kind, type, view: { ...view, ...from } };
      }
      case 'own':
        return { kind: 'one', type, view: this.reader.object(type, nodes), id: OWN_ID };
      case 'one': {
        const id = this.valueFrom(key, nodes, 'id');
        this.ids.push(id);
        return { kind, type, view: this.reader.object(type, nodes), id };
      }
    }
  }

  private put(key: string, { text, absent }: Omit<Root, 'key'>): true {
    this.roots.push({ key: `${JSON.stringify(key)}:`, text, absent });
    return true;
  }

  /** The name of the run's value for an argument: that of its variable, or a new one. */
  private valueFrom(key: string, nodes: readonly FieldNode[], argument: 'id' | 'ids'): string {
    const variable = variableOf(nodes, argument);
    if (variable !== undefined) return variable;
    const own = `${argument} ${key}`;
    this.constants[own] = (this.reader.argumentsOf(this.query, nodes) as Record<string, unknown>)[argument];
    return own;
  }

  /** The name of the run's value for a cursor: that of its variable, or a new one for a cursor in the document. */
  private cursorIn(view: PageView, place: 'after' | 'before', key: string): string | undefined {
    const variable = place === 'after' ? view.afterFrom : view.beforeFrom;
    const cursor = view[place] ?? null;
    if (variable !== undefined || cursor === null) return variable;
    this.constants[`${place} ${key}`] = cursor;
    return `${place} ${key}`;
  }
}

/** The variable that is the whole value of an argument, as the run's values name it. */
function variableOf(nodes: readonly FieldNode[], argument: string): string | undefined {
  const value = nodes[0]?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.VARIABLE ? `$${value.name.value}` : undefined;
}
