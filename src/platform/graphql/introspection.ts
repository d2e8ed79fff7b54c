import { Kind, OperationTypeNode } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

/** The fields of the schema's types that are lists. */
const LISTS: ReadonlySet<string> = new Set([
  ...['types', 'directives', 'fields', 'inputFields', 'args', 'interfaces', 'possibleTypes', 'enumValues', 'locations'],
]);

/** How these lists may nest: as the tools ask for the whole schema, each part of it once. */
const NESTINGS: ReadonlySet<string> = new Set([
  ...['types', 'types/fields', 'types/fields/args', 'types/inputFields', 'types/interfaces', 'types/possibleTypes'],
  ...['types/enumValues', 'directives', 'directives/args', 'directives/locations'],
]);

const MOST_STEPS = 2_000;
const MOST_TYPES = 5;

/**
 * Whether a document asks for the schema and for nothing else, as GraphiQL and the generators of clients do: one query with one
 * `__schema`, without aliases, variables or directives, and each list of the schema only where it belongs. Its answer is then at
 * most the whole schema, once.
 */
export function isPlainIntrospection(document: DocumentNode, operationName: unknown = null): boolean {
  const operations = document.definitions.filter(({ kind }) => kind !== Kind.FRAGMENT_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  if (operation.operation !== OperationTypeNode.QUERY || (operation.variableDefinitions ?? []).length > 0) return false;
  if ((operation.directives ?? []).length > 0) return false;
  // GraphiQL says the name of the one operation that there is.
  if (operationName && operationName !== operation.name?.value) return false;
  const [root, ...others] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || root.name.value !== '__schema' || others.length > 0) return false;
  return new Walk(fragmentsOf(document)).isPlain(root, []);
}

/**
 * Whether a document asks for no more of the schema than is in it: one `__schema` or a few `__type`, in which no alias repeats what
 * is there, and each list stands where it belongs.
 */
export function isMeasured(document: DocumentNode): boolean {
  const walk = new Walk(fragmentsOf(document));
  let [schemas, types] = [0, 0];
  for (const definition of document.definitions) {
    for (const { name, selectionSet } of 'selectionSet' in definition ? fieldsIn(definition.selectionSet) : []) {
      if (name.value === '__schema') schemas += 1;
      else if (name.value === '__type') types += 1;
      else continue;
      if (selectionSet && !walk.arePlain(selectionSet, name.value === '__type' ? ['types'] : [], new Set()))
        return false;
    }
  }
  return schemas <= 1 && types <= MOST_TYPES && (schemas === 0 || types === 0);
}

/** The fields of a selection, without those of fragments that have a name: each of these is looked at by itself. */
function fieldsIn({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsIn(selection.selectionSet) : [];
  });
}

/** Whether a document asks only for the name of the root type, as health checks do. */
export function isTypename({ definitions: [operation, ...others] }: DocumentNode): boolean {
  if (others.length > 0 || operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  const { selections } = operation.selectionSet;
  return selections.length === 1 && selections[0]?.kind === Kind.FIELD && selections[0].name.value === '__typename';
}

/** Looks at what is asked for inside of the schema. */
class Walk {
  private steps = 0;

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  /** @param lists the lists in which the field is, from the outermost. */
  isPlain(field: FieldNode, lists: readonly string[]): boolean {
    const { alias, directives = [], selectionSet, name } = field;
    if (alias || directives.length > 0) return false;
    const inside = LISTS.has(name.value) ? [...lists, name.value] : lists;
    if (inside.length > 0 && !NESTINGS.has(inside.join('/'))) return false;
    return !selectionSet || this.arePlain(selectionSet, inside, new Set());
  }

  arePlain(set: SelectionSetNode, lists: readonly string[], spread: ReadonlySet<string>): boolean {
    return set.selections.every((selection) => {
      this.steps += 1;
      if (this.steps > MOST_STEPS || (selection.directives ?? []).length > 0) return false;
      if (selection.kind === Kind.FIELD) return this.isPlain(selection, lists);
      if (selection.kind === Kind.INLINE_FRAGMENT) return this.arePlain(selection.selectionSet, lists, spread);
      const fragment = this.fragments.get(selection.name.value);
      if (!fragment || spread.has(fragment.name.value)) return false;
      return this.arePlain(fragment.selectionSet, lists, new Set([...spread, fragment.name.value]));
    });
  }
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
}
