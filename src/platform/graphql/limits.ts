import { GraphQLError } from 'graphql';
import type { ASTVisitor, FragmentDefinitionNode, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';

const DEEPEST = 12;
const MOST_ALIASES = 60;
const MOST_FIELDS = 1_000;

/** The largest document, in tokens: the parser stops there. */
export const MOST_TOKENS = 4_000;

/** Refuses documents that are too deep or too wide. A rule reports; it never throws, which would be a failure of ours. */
export const limits: ValidationRule = (context) => {
  const measured = new Measure(context);
  const visitor: ASTVisitor = {
    OperationDefinition(node) {
      const depth = measured.depth(node.selectionSet, new Set());
      if (depth > DEEPEST) report(context, `The operation is ${depth} levels deep; ${DEEPEST} are allowed.`);
    },
    Document: {
      leave() {
        if (measured.aliases > MOST_ALIASES)
          report(context, `The document has ${measured.aliases} aliases; ${MOST_ALIASES} are allowed.`);
        if (measured.fields > MOST_FIELDS)
          report(context, `The document has ${measured.fields} fields; ${MOST_FIELDS} are allowed.`);
      },
    },
    Field(node) {
      measured.fields += 1;
      if (node.alias) measured.aliases += 1;
    },
  };
  return visitor;
};

class Measure {
  aliases = 0;
  fields = 0;
  private readonly depths = new Map<string, number>();

  constructor(private readonly context: ValidationContext) {}

  /** Cyclic fragments are another rule's to report; here they only must not hang. */
  depth(set: SelectionSetNode, above: ReadonlySet<string>): number {
    return Math.max(
      0,
      ...set.selections.map((selection) => {
        if (selection.kind === 'Field')
          return selection.selectionSet ? 1 + this.depth(selection.selectionSet, above) : 1;
        if (selection.kind === 'InlineFragment') return this.depth(selection.selectionSet, above);
        return this.fragmentDepth(this.context.getFragment(selection.name.value), above);
      }),
    );
  }

  private fragmentDepth(fragment: FragmentDefinitionNode | null | undefined, above: ReadonlySet<string>): number {
    if (!fragment || above.has(fragment.name.value)) return 0;
    const known = this.depths.get(fragment.name.value);
    if (known !== undefined) return known;
    const depth = this.depth(fragment.selectionSet, new Set([...above, fragment.name.value]));
    this.depths.set(fragment.name.value, depth);
    return depth;
  }
}

function report(context: ValidationContext, message: string): void {
  context.reportError(new GraphQLError(message, { extensions: { code: 'too_complex' } }));
}
