import { createHash } from 'node:crypto';
import type { GraphQLRequestContext } from '@apollo/server';
import { Kind, getVariableValues, valueFromASTUntyped, visit } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, ValueNode } from 'graphql';
import { peekCursor } from '../../../kit/cursor.js';
import { LONGEST_CURSOR } from '../../projection/page-arguments.js';
import type { SavedQueries } from '../../projection/saved-query.js';
import type { Surroundings } from '../../resources/selection-reader.js';

/** An operation with the coerced values of its variables. */
export interface CoercedOperation extends Surroundings {
  readonly operation: OperationDefinitionNode;
  /** Equal for operations that share a plan and a price; they may differ in free variables. */
  readonly key: string;
  /** What its arguments `savedFilter` name. */
  readonly savedIds: readonly string[];
}

/** The use of a free variable: its value is bound at each run and does not change the statement, except for nulls inside a cursor. */
type FreeUse = 'id' | 'ids' | 'after' | 'before';

const FREE_USES: ReadonlySet<string> = new Set<FreeUse>(['id', 'ids', 'after', 'before']);
const LONGEST_KEY = 400;
const MOST_VARIABLE_ERRORS = 50;

interface DocumentFacts {
  readonly fragments: Surroundings['fragments'];
  /** By name; null for a variable that also has another use. */
  readonly uses: ReadonlyMap<string, FreeUse | null>;
  /** The values of the arguments `savedFilter`. */
  readonly saved: readonly ValueNode[];
}

/** Apollo keeps a bounded store of validated documents; the facts about a document live as long as the document. */
const known = new WeakMap<DocumentNode, DocumentFacts>();

/** The operation of a request, or null if it is invalid and graphql-js must report why. */
export function coercedOperationOf({
  schema,
  document,
  operation,
  queryHash,
  request,
}: Context): CoercedOperation | null {
  if (!document || !operation) return null;
  const { fragments, uses, saved } = factsOf(document);
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) {
    const key = `${queryHash} ${operation.name?.value ?? ''}`;
    return { schema, operation, fragments, variableValues: {}, key, savedIds: idsIn(saved, {}) };
  }
  const { coerced } = getVariableValues(schema, definitions, request.variables ?? {}, {
    maxErrors: MOST_VARIABLE_ERRORS,
  });
  if (!coerced) return null;
  const shaping = definitions.map(({ variable: { name } }) => shapeOf(coerced[name.value], uses.get(name.value)));
  const key = shortened(`${queryHash} ${operation.name?.value ?? ''} ${JSON.stringify(shaping)}`);
  return { schema, operation, fragments, variableValues: coerced, key, savedIds: idsIn(saved, coerced) };
}

/** The same operation with its saved filters, as they are now. */
export function withSavedQueries(asked: CoercedOperation, saved: SavedQueries): CoercedOperation {
  const contents = [...saved].map(([id, query]) => `${id} ${query.key}`);
  return { ...asked, saved, key: shortened(`${asked.key} ${contents.join(' ')}`) };
}

type Context = GraphQLRequestContext<{ req: unknown }>;

function factsOf(document: DocumentNode): DocumentFacts {
  const facts = known.get(document) ?? {
    fragments: fragmentsOf(document),
    uses: usesOf(document),
    saved: savedIn(document),
  };
  known.set(document, facts);
  return facts;
}

function fragmentsOf(document: DocumentNode): Surroundings['fragments'] {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

function usesOf(document: DocumentNode): DocumentFacts['uses'] {
  const uses = new Map<string, FreeUse | null>();
  visit(document, {
    VariableDefinition: () => false,
    Variable({ name }, _key, parent) {
      const use = freeUse(parent);
      const before = uses.get(name.value);
      uses.set(name.value, before === undefined || before === use ? use : null);
    },
  });
  return uses;
}

function savedIn(document: DocumentNode): ValueNode[] {
  const found: ValueNode[] = [];
  visit(document, {
    Argument({ name, value }) {
      if (name.value === 'savedFilter') found.push(value);
    },
  });
  return found;
}

function idsIn(saved: DocumentFacts['saved'], values: CoercedOperation['variableValues']): string[] {
  const given = saved.map((node) => valueFromASTUntyped(node, values));
  return [...new Set(given.flatMap((id) => (typeof id === 'string' ? id.toLowerCase() : [])))];
}

/** A variable is free only as the whole value of such an argument. */
function freeUse(parent: unknown): FreeUse | null {
  const { kind, name } = parent as { kind?: string; name?: { value: string } };
  const free = kind === Kind.ARGUMENT && name !== undefined && FREE_USES.has(name.value);
  return free ? (name.value as FreeUse) : null;
}

function shapeOf(value: unknown, use: FreeUse | null | undefined): unknown {
  switch (use) {
    case 'id':
      return value === null;
    case 'ids':
      return Array.isArray(value) ? value.length : null;
    case 'after':
    case 'before':
      return typeof value === 'string' ? cursorShape(value) : null;
    default:
      return value === undefined ? [] : [value];
  }
}

function cursorShape(cursor: string): unknown {
  const keys = cursor.length > LONGEST_CURSOR ? null : peekCursor(cursor);
  return keys?.map((key) => key === null) ?? 'no cursor';
}

function shortened(key: string): string {
  return key.length > LONGEST_KEY ? createHash('sha256').update(key).digest('base64url') : key;
}
