import { GraphQLError, Kind } from 'graphql';
import type {
  ASTVisitor,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from 'graphql';

const DEEPEST = 12;
const MOST_ALIASES = 60;
const MOST_FIELDS = 1_000;
const MOST_DIRECTIVES = 100;

/** The largest document, in tokens: the parser stops there. */
export const MOST_TOKENS = 4_000;

const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/**
 * Refuses documents that are too deep or too wide. A rule reports errors and never throws, because that would be answered as a 500.
 * A refused document is not shown to other rules: comparing N fields with each other takes N² steps.
 */
export const limits: ValidationRule = (context): ASTVisitor => ({
  Document(document) {
    const broken = brokenLimits(context, document);
    for (const sentence of broken) report(context, sentence);
    return broken.length > 0 ? NOTHING : undefined;
  },
});

function brokenLimits(context: ValidationContext, document: DocumentNode): string[] {
  const { aliases, fields, directives } = counted(document);
  const depths = new Depths(context);
  const depth = Math.max(
    0,
    ...document.definitions.map((one) => (one.kind === Kind.OPERATION_DEFINITION ? depths.of(one.selectionSet) : 0)),
  );
  return [
    ...(depth > DEEPEST ? [`The operation is ${depth} levels deep; ${DEEPEST} are allowed.`] : []),
    ...(aliases > MOST_ALIASES ? [`The document has ${aliases} aliases; ${MOST_ALIASES} are allowed.`] : []),
    ...(fields > MOST_FIELDS ? [`The document has ${fields} fields; ${MOST_FIELDS} are allowed.`] : []),
    ...(directives > MOST_DIRECTIVES
      ? [`The document has ${directives} directives; ${MOST_DIRECTIVES} are allowed.`]
      : []),
  ];
}

interface Counts {
  aliases: number;
  fields: number;
  directives: number;
}

function counted({ definitions }: DocumentNode): Counts {
  const counts: Counts = { aliases: 0, fields: 0, directives: 0 };
  for (const definition of definitions) if ('selectionSet' in definition) count(definition.selectionSet, counts);
  return counts;
}

function count(set: SelectionSetNode, counts: Counts): void {
  for (const selection of set.selections) {
    counts.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) counts.fields += 1;
    if (selection.kind === Kind.FIELD && selection.alias) counts.aliases += 1;
    if ('selectionSet' in selection && selection.selectionSet) count(selection.selectionSet, counts);
  }
}

class Depths {
  private readonly known = new Map<string, number>();

  constructor(private readonly context: ValidationContext) {}

  /** Another rule reports cyclic fragments; this one only must not hang on them. */
  of(set: SelectionSetNode, above: ReadonlySet<string> = new Set()): number {
    let deepest = 0;
    for (const selection of set.selections) deepest = Math.max(deepest, this.below(selection, above));
    return deepest;
  }

  private below(selection: SelectionSetNode['selections'][number], above: ReadonlySet<string>): number {
    switch (selection.kind) {
      case Kind.FIELD:
        return selection.selectionSet && !isIntrospection(selection) ? 1 + this.of(selection.selectionSet, above) : 1;
      case Kind.INLINE_FRAGMENT:
        return this.of(selection.selectionSet, above);
      case Kind.FRAGMENT_SPREAD:
        return this.ofFragment(this.context.getFragment(selection.name.value), above);
    }
  }

  private ofFragment(fragment: FragmentDefinitionNode | null | undefined, above: ReadonlySet<string>): number {
    if (!fragment || above.has(fragment.name.value)) return 0;
    const known = this.known.get(fragment.name.value);
    if (known !== undefined) return known;
    const depth = this.of(fragment.selectionSet, new Set([...above, fragment.name.value]));
    this.known.set(fragment.name.value, depth);
    return depth;
  }
}

/** Every tool asks for the schema in one query, 15 levels deep; graphql-js has its own rule against cycles in it. */
function isIntrospection({ name }: FieldNode): boolean {
  return name.value === '__schema' || name.value === '__type';
}

function report(context: ValidationContext, message: string): void {
  context.reportError(new GraphQLError(message, { extensions: { code: 'too_complex' } }));
}
