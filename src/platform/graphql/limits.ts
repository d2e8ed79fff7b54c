import { GraphQLError, Kind } from 'graphql';
import type { ASTVisitor, DocumentNode, ValidationRule } from 'graphql';
import { extentOf } from './extent.js';
import type { DocumentExtent } from './extent.js';
import { isMeasured } from './introspection.js';

/** The largest document: its characters, and its tokens, at which the parser stops. */
export const LONGEST_DOCUMENT = 100_000;
export const MOST_TOKENS = 4_000;
export const TOO_LONG = `A document has at most ${LONGEST_DOCUMENT.toLocaleString('en')} characters. Send values as variables.`;
/** Validation stops at so many errors. */
export const MOST_ERRORS = 20;

/** What a document may ask for, its fragments spread, and what each number is called. */
const MOST: readonly (readonly [part: keyof DocumentExtent, most: number, what: string])[] = [
  ['aliases', 60, 'aliases'],
  ['fields', 1_500, 'fields'],
  ['directives', 100, 'directives'],
  ['operations', 20, 'operations'],
  ['fragments', 200, 'fragments'],
  ['comparisons', 10_000, 'pairs of fields with one name'],
];
const DEEPEST = 12;

const UNMEASURED =
  'The schema is asked for in a way that could fill many times its size. Ask for one `__schema` or up to 5 `__type`, without aliases inside, and for each list of it once: the fields of types, but not the fields of their types.';

const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/**
 * Refuses documents that are too deep or too wide before they are validated. A rule reports errors and never throws, because that
 * would be answered as a 500. A refused document is not shown to other rules: comparing N fields with each other takes N² steps.
 */
export const limits: ValidationRule = (context): ASTVisitor => ({
  Document(document) {
    const broken = brokenLimits(document);
    for (const sentence of broken) {
      context.reportError(new GraphQLError(sentence, { extensions: { code: 'too_complex' } }));
    }
    return broken.length > 0 ? NOTHING : undefined;
  },
});

function brokenLimits(document: DocumentNode): string[] {
  const extent = extentOf(document);
  if (!extent) return ['The document spreads its fragments too often. Split it into several operations.'];
  return [
    ...(extent.depth > DEEPEST ? [`The operation is ${extent.depth} levels deep; ${DEEPEST} are allowed.`] : []),
    ...(extent.schemas > 0 && !isMeasured(document) ? [UNMEASURED] : []),
    ...MOST.filter(([part, most]) => extent[part] > most).map(([part, most, what]) => {
      return `With its fragments, the document has ${inWords(extent[part])} ${what}; ${inWords(most)} are allowed.`;
    }),
  ];
}

function inWords(count: number): string {
  return count >= 1e15 ? 'more than a quadrillion' : count.toLocaleString('en');
}
