import type { GraphQLRequestContext } from '@apollo/server';
import {
  GraphQLError,
  GraphQLObjectType,
  Kind,
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
} from 'graphql';
import type {
  FieldNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLOutputType,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../../contract/pages.js';
import { relationsOf } from '../../contract/relations.js';
import { allResources } from '../../contract/resources.js';
import { SelectionReader } from '../../resources/selection-reader.js';
import type { CoercedOperation } from './coerced-operation.js';
import { variablesProblem } from './variables.js';

/** The limit of one operation: the largest number of values that its answer could have. */
export const HIGHEST_PRICE = 50_000;
/** The price of a count, which reads all matching rows. */
const PRICE_OF_COUNT = 20;
/** Fragments can be spread under many aliases, so that a short document has a long answer. */
const MOST_STEPS = 5_000;

/** graphql-js takes 10 ms and more to coerce 20,000 values; only batches of changes need many. */
const MOST_VALUES = { query: 2_000, mutation: 50_000, subscription: 200 } as const;

/** The error for an operation whose variables have too many values, or do not fit; found before they are coerced. Or null. */
export function variablesRefusal({ schema, operation, request: { variables } }: SentOperation): GraphQLError | null {
  if (!operation) return null;
  return crowdRefusal(operation, variables) ?? variablesProblem(schema, operation, variables ?? {});
}

/** The error for variables with too many values, or null. */
export function crowdRefusal(
  { operation: kind }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): GraphQLError | null {
  const most = MOST_VALUES[kind];
  if (!variables || countedDown(variables, most) >= 0) return null;
  return tooComplex(`The variables of a ${kind} may hold at most ${most.toLocaleString('en')} values.`);
}

type SentOperation = Pick<GraphQLRequestContext<object>, 'schema' | 'operation' | 'request'>;

/** A number minus the number of values inside; counting stops below zero. */
function countedDown(value: unknown, left: number): number {
  if (typeof value !== 'object' || value === null) return left - 1;
  let still = left - 1;
  for (const item of Object.values(value)) {
    if (still < 0) return still;
    still = countedDown(item, still);
  }
  return still;
}

/** The error for an operation that costs too much, or null. */
export function priceRefusal(asked: CoercedOperation): GraphQLError | null {
  const price = priceOf(asked);
  if (price <= HIGHEST_PRICE) return null;
  const [most, allowed] = [inWords(price), HIGHEST_PRICE.toLocaleString('en')];
  return tooComplex(
    `The operation asks for up to ${most} values; ${allowed} are allowed. Request smaller pages with \`first\`, or fewer fields.`,
  );
}

function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'too_complex', http: { status: 400 } } });
}

/** The largest number of values in the answer: each field once for every row that its page may have. */
export function priceOf(asked: CoercedOperation): number {
  const { schema, operation } = asked;
  const root = schema.getRootType(operation.operation);
  return root ? new Pricer(asked).selection([operation.selectionSet], root, 1) : 0;
}

class Pricer {
  private readonly reader: SelectionReader;
  private steps = 0;

  constructor(private readonly asked: CoercedOperation) {
    this.reader = new SelectionReader(asked);
  }

  /** @param rows how many rows a list of objects in here may have: the page's `first`. */
  selection(sets: readonly SelectionSetNode[], type: GraphQLNamedType, rows: number): number {
    if (isAbstractType(type)) return this.dearest(sets, type.name, rows);
    let price = 0;
    for (const nodes of this.reader.fieldsOf(sets, type.name).values()) price += this.field(nodes, type, rows);
    return price;
  }

  /** A row has only one type, so the most expensive one counts. */
  private dearest(sets: readonly SelectionSetNode[], name: string, rows: number): number {
    const type = this.asked.schema.getType(name);
    const types = isAbstractType(type) ? this.asked.schema.getPossibleTypes(type) : [];
    return Math.max(0, ...types.map((one) => this.selection(sets, one, rows)));
  }

  private field(nodes: readonly FieldNode[], type: GraphQLNamedType, rows: number): number {
    this.steps += 1;
    if (this.steps > MOST_STEPS) return Infinity;
    const name = nodes[0]?.name.value ?? '';
    const field = type instanceof GraphQLObjectType ? type.getFields()[name] : undefined;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (!field || sets.length === 0) return name === 'totalCount' ? PRICE_OF_COUNT : 1;
    const asked = this.rowsOf(nodes, field, type);
    const inside = this.selection(sets, getNamedType(field.type), asked);
    return 1 + inside * (isRows(field) ? Math.max(rows, asked) : 1) + asked * ownPriceOf(field);
  }

  /** How many rows the page has that this field opens; the ids of a list are one row each. */
  private rowsOf(nodes: readonly FieldNode[], { args }: SchemaField, parent: GraphQLNamedType): number {
    if (args.some(({ name }) => name === 'ids')) return this.length(nodes);
    if (!args.some(({ name }) => name === 'first')) return 1;
    const first = this.given(nodes, 'first') ?? this.given(nodes, 'last');
    if (typeof first === 'number') return Math.min(Math.max(first, 1), LARGEST_PAGE);
    return usual(parent.name, nodes[0]?.name.value ?? '');
  }

  private length(nodes: readonly FieldNode[]): number {
    const ids = this.given(nodes, 'ids');
    return Array.isArray(ids) ? ids.length : 1;
  }

  private given([node]: readonly FieldNode[], argument: string): unknown {
    const value = node?.arguments?.find(({ name }) => name.value === argument)?.value;
    switch (value?.kind) {
      case Kind.INT:
        return Number(value.value);
      case Kind.LIST:
        return value.values;
      case Kind.VARIABLE:
        return this.asked.variableValues[value.name.value];
      default:
        return undefined;
    }
  }
}

type SchemaField = GraphQLField<unknown, unknown>;

/** What each row of the page costs that a field answers as one text: its declared complexity. */
function ownPriceOf({ extensions }: SchemaField): number {
  return typeof extensions.complexity === 'number' ? extensions.complexity : 0;
}

/** The default size of a page. */
function usual(parent: string, field: string): number {
  const type = allResources().find(({ type: { name } }) => name === parent)?.type;
  return (type && relationsOf(type).get(field)?.first) ?? DEFAULT_PAGE;
}

/** Objects inside a row count once; only rows multiply. */
function isRows({ name, type }: SchemaField): boolean {
  return (name === 'nodes' || name === 'edges') && isList(type);
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function inWords(price: number): string {
  return Number.isFinite(price) ? price.toLocaleString('en') : `more than ${HIGHEST_PRICE.toLocaleString('en')}`;
}
