import { Kind } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';

/** What an operation or a part of it asks for when its fragments have been spread. */
interface Extent {
  readonly fields: number;
  readonly aliases: number;
  readonly depth: number;
}

/** Fields with one key are compared in pairs by the rule that two of them must be alike. */
export interface DocumentExtent extends Extent {
  readonly directives: number;
  readonly operations: number;
  readonly fragments: number;
  /** How many of these comparisons there are, each as often as it has fields inside. */
  readonly comparisons: number;
  /** How often it asks for the schema or for a type. */
  readonly schemas: number;
}

/** The pass itself has a limit: a document of the largest size needs a third of it. */
const MOST_STEPS = 30_000;
/** Fragments that double forty times reach numbers that nobody needs to know. */
const COUNTLESS = 1e15;
const NOTHING: Extent = { fields: 0, aliases: 0, depth: 0 };

/**
 * What a document asks for, found in one pass that is linear in what it says: each selection is worked out once, however often its
 * fragment is spread. Null if even the pass takes too long.
 */
export function extentOf(document: DocumentNode): DocumentExtent | null {
  return new Spreader(document).extent();
}

class Spreader {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Selections that are being worked out count as nothing, so that fragments that spread each other end; another rule reports them. */
  private readonly known = new Map<SelectionSetNode, Extent>();
  private steps = 0;
  private comparisons = 0;
  private directives = 0;
  private schemas = 0;

  constructor(private readonly document: DocumentNode) {
    for (const one of document.definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(one.name.value, one);
  }

  extent(): DocumentExtent | null {
    const operations = this.document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    let whole = NOTHING;
    for (const operation of operations) {
      this.directives += operation.directives?.length ?? 0;
      if ('selectionSet' in operation && operation.selectionSet) whole = sum(whole, this.of(operation.selectionSet));
    }
    if (this.steps > MOST_STEPS) return null;
    const { comparisons, directives, schemas, fragments } = this;
    return { ...whole, comparisons, directives, schemas, operations: operations.length, fragments: fragments.size };
  }

  private of(set: SelectionSetNode): Extent {
    const known = this.known.get(set);
    if (known || this.steps > MOST_STEPS) return known ?? NOTHING;
    this.known.set(set, NOTHING);
    const fields: FieldNode[] = [];
    this.collect(set, fields, new Set());
    const extents = fields.map((field) => this.ofField(field));
    this.compare(fields, extents);
    const extent = extents.reduce(sum, NOTHING);
    this.known.set(set, extent);
    return extent;
  }

  private ofField({ name, alias, selectionSet }: FieldNode): Extent {
    const inside = selectionSet ? this.of(selectionSet) : NOTHING;
    const isOfSchema = name.value === '__schema' || name.value === '__type';
    if (isOfSchema) this.schemas += 1;
    return {
      fields: 1 + inside.fields,
      aliases: (alias ? 1 : 0) + inside.aliases,
      // Every tool asks for the schema in one query, 15 levels deep; graphql-js has its own rule against cycles in it.
      depth: 1 + (isOfSchema ? 0 : inside.depth),
    };
  }

  /** The fields of a selection, those of its fragments included: each fragment counts once, as graphql-js collects it. */
  private collect(set: SelectionSetNode, into: FieldNode[], spread: Set<string>): void {
    for (const selection of set.selections) {
      this.steps += 1;
      if (this.steps > MOST_STEPS) return;
      this.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) into.push(selection);
      else this.collectFragment(selection, into, spread);
    }
  }

  private collectFragment(selection: Exclude<SelectionNode, FieldNode>, into: FieldNode[], spread: Set<string>): void {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.collect(selection.selectionSet, into, spread);
    const { value: name } = selection.name;
    const fragment = this.fragments.get(name);
    if (!fragment || spread.has(name)) return;
    this.collect(fragment.selectionSet, into, spread.add(name));
  }

  private compare(fields: readonly FieldNode[], extents: readonly Extent[]): void {
    const alike = new Map<string, { count: number; largest: number }>();
    for (const [index, { name, alias }] of fields.entries()) {
      const key = (alias ?? name).value;
      const { count = 0, largest = 0 } = alike.get(key) ?? {};
      const inside = extents[index]?.fields ?? 0;
      this.comparisons += count * (1 + Math.max(largest, inside));
      alike.set(key, { count: count + 1, largest: Math.max(largest, inside) });
    }
  }
}

function sum(one: Extent, other: Extent): Extent {
  return {
    fields: Math.min(one.fields + other.fields, COUNTLESS),
    aliases: Math.min(one.aliases + other.aliases, COUNTLESS),
    depth: Math.max(one.depth, other.depth),
  };
}
