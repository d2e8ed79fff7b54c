import {
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
} from 'graphql';
import type {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInputType,
  GraphQLScalarType,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from 'graphql';
import { shown } from '../../../kit/text.js';
import { declaredShapes } from '../../contract/json-schema.js';
import { recipesOf } from '../../contract/recipes.js';
import type { Recipes } from '../../contract/recipes.js';
import { MOST_DETAILS, Problem } from '../../errors/problem.js';
import type { ProblemDetail } from '../../errors/problem.js';

/** The longest list of a variable whose field does not say how long it may be: a batch. */
const LONGEST_LIST = 1_000;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Why the variables do not fit their types, or null. graphql-js repeats the whole value in each of its errors: an input with 60,000
 * unknown fields made an answer of 65 MB. This finds the same in one pass, and keeps the first errors.
 */
export function variablesProblem(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Variables,
): GraphQLError | null {
  const judge = new Judge(schema);
  for (const definition of variableDefinitions) judge.variable(definition, given);
  const problem = judge.problem();
  if (!problem) return null;
  return new GraphQLError(problem.message, { originalError: problem, extensions: { http: { status: 400 } } });
}

class Judge {
  private readonly broken: ProblemDetail[] = [];
  private more = 0;

  constructor(private readonly schema: GraphQLSchema) {}

  variable({ variable, type: node, defaultValue }: VariableDefinitionNode, given: Variables): void {
    const { value: name } = variable.name;
    const type = typeFromAST(this.schema, node as never) as unknown;
    if (!isInputType(type)) return;
    if (Object.hasOwn(given, name)) this.value(given[name], type, '', `$${name}`);
    else if (isNonNullType(type) && !defaultValue)
      this.refuse('', 'wrongType', `$${name} is required: ${String(type)}`);
  }

  problem(): Problem | null {
    const { broken, more } = this;
    if (broken.length === 0) return null;
    return new Problem('invalid_input', broken.map(({ detail }) => detail).join(' '), broken, {}, more);
  }

  private value(value: unknown, type: GraphQLInputType, pointer: string, name: string): void {
    if (isNonNullType(type)) {
      if (value === null || value === undefined) this.refuse(pointer, 'wrongType', `${name} must not be null`);
      else this.value(value, type.ofType, pointer, name);
    } else if (value === null || value === undefined) return;
    else if (isListType(type)) this.list(value, type.ofType, pointer, name, LONGEST_LIST);
    else if (isInputObjectType(type)) this.object(value, type, pointer, name);
    else this.leaf(value, type, pointer, name);
  }

  private list(value: unknown, of: GraphQLInputType, pointer: string, name: string, most: number): void {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (items.length > most) {
      return this.refuse(pointer, 'arrayMaxSize', `${name} takes at most ${most} values, not ${items.length}`);
    }
    for (const [index, item] of items.entries()) this.value(item, of, `${pointer}/${index}`, name);
  }

  private object(value: unknown, type: GraphQLInputObjectType, pointer: string, name: string): void {
    if (typeof value !== 'object' || Array.isArray(value)) {
      return this.refuse(pointer, 'wrongType', `${name} must be an object: ${type.name}`);
    }
    const fields = type.getFields();
    const object = value as Variables;
    for (const given of Object.keys(object)) {
      if (Object.hasOwn(fields, given)) continue;
      if (this.isFull) this.more += 1;
      else this.refuse(`${pointer}/${shown(given)}`, 'unknownField', unknownField(given, Object.keys(fields)));
    }
    const recipes = recipesNamed(type.name);
    for (const field of Object.values(fields)) {
      const inside = object[field.name];
      const place = `${pointer}/${field.name}`;
      const most = recipes?.get(field.name)?.list?.max;
      if (inside === undefined && isRequiredInputField(field))
        this.refuse(pointer, 'wrongType', `${field.name} is required`);
      else if (most !== undefined && Array.isArray(inside) && inside.length > most)
        this.refuse(place, 'arrayMaxSize', `${field.name} takes at most ${most} values, not ${inside.length}`);
      else this.value(inside, inside === undefined ? this.anything(field.type) : field.type, place, field.name);
    }
  }

  /** A field that was left out is no null. */
  private anything(type: GraphQLInputType): GraphQLInputType {
    return isNonNullType(type) ? type.ofType : type;
  }

  private leaf(value: unknown, type: GraphQLScalarType | GraphQLEnumType, pointer: string, name: string): void {
    if (type.name === 'JSON') return;
    if (typeof value === 'object') return this.refuse(pointer, 'wrongType', `${name} must be one ${type.name}`);
    try {
      type.parseValue(value);
    } catch {
      const of = isEnumType(type)
        ? `one of ${type
            .getValues()
            .map((one) => one.name)
            .join(', ')}`
        : type.name;
      this.refuse(pointer, 'wrongType', `${name} must be ${of}, not ${shown(JSON.stringify(value))}`);
    }
  }

  private get isFull(): boolean {
    return this.broken.length >= MOST_DETAILS;
  }

  private refuse(pointer: string, code: string, sentence: string): void {
    if (this.isFull) this.more += 1;
    else this.broken.push({ pointer: pointer === '' ? '/' : pointer, code, detail: `${sentence}.` });
  }
}

function unknownField(name: string, allowed: readonly string[]): string {
  return `${shown(name)} is not a field here. Allowed: ${allowed.join(', ')}`;
}

/** The declaration of an input; filters and sorts have none. */
function recipesNamed(name: string): Recipes | null {
  const declared = inputs.get(name);
  if (declared !== undefined) return declared;
  const found = declaredShapes().find(([shape]) => shape === name || `${shape}Input` === name);
  const recipes = found ? recipesOf(found[1].type) : null;
  inputs.set(name, recipes);
  return recipes;
}

const inputs = new Map<string, Recipes | null>();
