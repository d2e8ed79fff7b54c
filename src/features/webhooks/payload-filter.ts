import type { Type } from '@nestjs/common';
import { shown } from '../../kit/text.js';
import { operatorsOf } from '../../platform/contract/filters.js';
import type { FilterTree } from '../../platform/contract/filters.js';
import { plainRecipesOf } from '../../platform/contract/recipes.js';
import type { Recipe } from '../../platform/contract/recipes.js';
import { RelativeInstant } from '../../platform/contract/kinds/instant.js';
import { Problem } from '../../platform/errors/problem.js';
import { sentEvents } from '../../platform/contract/catalogue.js';
import type { EventType } from '../../platform/contract/catalogue.js';
import { matches } from '../../platform/events/event-patterns.js';
import { operand } from '../../platform/projection/operand.js';
import { conditionPath } from './condition-path.js';

const DEEPEST = 5;
const MOST_CONDITIONS = 50;
/** As JSON. */
const MOST_BYTES = 16_384;
/** Of all texts that are looked for inside of others. PostgreSQL takes about a microsecond for each, with every event. */
const MOST_LETTERS = 2_000;
const SEARCHING = ['contains', 'startsWith'];
/** Objects that hold conditions, empty ones too. */
const MOST_GROUPS = 200;

/**
 * Compiles a filter over the data of events to an SQL/JSON path that is true or false. This is done once, when the
 * endpoint is saved. The fan-out then decides for all endpoints and events in one statement, and an event that the
 * filter rejects never becomes a delivery.
 *
 * @throws Problem `invalid_input` that names the invalid place under `filter`
 */
export function filterPath(filter: FilterTree, eventTypes: readonly string[]): string {
  const bytes = Buffer.byteLength(JSON.stringify(filter));
  if (bytes > MOST_BYTES) {
    const detail = `A filter has at most ${MOST_BYTES} bytes as JSON, and this one has ${bytes}: compare fewer or shorter values.`;
    throw Problem.field('/filter', 'isSmall', detail);
  }
  return new PathWriter(fieldsOf(eventTypes)).all(filter, '/filter', 1);
}

/** The events that an endpoint has asked for. */
export function eventsOf(eventTypes: readonly string[]): EventType[] {
  return sentEvents().filter(({ name }) => eventTypes.some((pattern) => matches(pattern, name)));
}

interface Field {
  /** Null if it cannot be compared: it is an object, or its kind differs between the events. */
  readonly recipe: Recipe | null;
  /** The events without this field. */
  readonly lacking: readonly string[];
}

/** Every field of these events. A filter may use only the fields that all of them have, with the same kind. */
function fieldsOf(eventTypes: readonly string[]): ReadonlyMap<string, Field> {
  const events = eventsOf(eventTypes);
  const resources = [...new Set(events.map(({ resource }) => resource))];
  const names = new Set(resources.flatMap((resource) => [...plainRecipesOf(resource).keys()]));
  return new Map([...names].map((name) => [name, fieldOf(name, resources, events)]));
}

function fieldOf(name: string, resources: readonly Type[], events: readonly EventType[]): Field {
  const recipes = resources.flatMap((resource) => plainRecipesOf(resource).get(name) ?? []);
  const [first = null] = recipes;
  const alike = recipes.every((recipe) => first && isAlike(recipe, first));
  const lacking = events.filter(({ resource }) => !plainRecipesOf(resource).has(name)).map((event) => event.name);
  return { recipe: first && alike && isComparable(first) ? first : null, lacking };
}

function isAlike({ kind, list, choice }: Recipe, other: Recipe): boolean {
  return kind === other.kind && (list === null) === (other.list === null) && choice?.name === other.choice?.name;
}

function isComparable({ kind }: Recipe): boolean {
  return Object.keys(kind.operators).length > 0;
}

class PathWriter {
  private conditions = 0;
  private letters = 0;
  private groups = 0;

  constructor(private readonly fields: ReadonlyMap<string, Field>) {}

  all(tree: unknown, pointer: string, depth: number): string {
    if (depth > DEEPEST) throw Problem.field(pointer, 'tooDeep', `A filter nests at most ${DEEPEST} levels.`);
    this.groups += 1;
    if (this.groups > MOST_GROUPS) {
      throw Problem.field('/filter', 'tooMany', `A filter has at most ${MOST_GROUPS} groups of conditions.`);
    }
    const parts = Object.entries(objectOf(tree, pointer)).map(([name, value]) =>
      this.part(name, value, `${pointer}/${shown(name)}`, depth),
    );
    return joined('&&', parts, '(1 == 1)');
  }

  private part(name: string, value: unknown, pointer: string, depth: number): string {
    if (name === 'not') return `!(${this.all(value, pointer, depth + 1)})`;
    if (name !== 'and' && name !== 'or') return this.field(name, value, pointer);
    if (!Array.isArray(value)) throw Problem.field(pointer, 'notAList', `${pointer} must be a list of conditions.`);
    const parts = value.map((item, index) => this.all(item, `${pointer}/${index}`, depth + 1));
    return name === 'and' ? joined('&&', parts, '(1 == 1)') : joined('||', parts, '(1 == 0)');
  }

  private field(name: string, value: unknown, pointer: string): string {
    const { recipe = null, lacking = [] } = this.fields.get(name) ?? {};
    if (!recipe || lacking.length > 0) throw Problem.field(pointer, 'unknownField', this.refusal(name, lacking));
    const conditions = Object.entries(objectOf(value, pointer)).map(([operator, given]) =>
      this.condition(name, recipe, operator, given, `${pointer}/${shown(operator)}`),
    );
    return joined('&&', conditions, '(1 == 1)');
  }

  private refusal(name: string, lacking: readonly string[]): string {
    const shared = [...this.fields].filter(([, field]) => field.recipe && field.lacking.length === 0);
    const allowed = `All requested events have: ${shared.map(([known]) => known).join(', ')}.`;
    if (lacking.length === 0) return `${shown(name)} cannot be compared in all of these events. ${allowed}`;
    return `${shown(name)} is not in ${lacking.slice(0, 5).join(', ')}${lacking.length > 5 ? '…' : ''}: request fewer eventTypes. ${allowed}`;
  }

  private condition(name: string, recipe: Recipe, operator: string, given: unknown, pointer: string): string {
    this.conditions += 1;
    if (this.conditions > MOST_CONDITIONS) {
      throw Problem.field('/filter', 'tooMany', `A filter has at most ${MOST_CONDITIONS} conditions.`);
    }
    const operators = operatorsOf(recipe);
    const form = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    if (!form) {
      const allowed = Object.keys(operators).join(', ');
      throw Problem.field(
        pointer,
        'unknownOperator',
        `${name} has no operator ${shown(operator)}. Allowed: ${allowed}.`,
      );
    }
    const compared = operand(form, given, { recipe, operator, pointer });
    if (compared instanceof RelativeInstant) {
      throw Problem.field(pointer, 'isInstant', `${pointer} must be an RFC 3339 instant: an event happens only once.`);
    }
    if (SEARCHING.includes(operator)) this.count(String(compared));
    return conditionPath(name, recipe, operator, compared);
  }

  private count({ length }: string): void {
    this.letters += length;
    if (this.letters <= MOST_LETTERS) return;
    const detail = `The texts of ${SEARCHING.join(' and ')} in a filter have at most ${MOST_LETTERS} letters together: shorten them, or compare with eq or in.`;
    throw Problem.field('/filter', 'tooCostly', detail);
  }
}

function joined(sign: '&&' | '||', parts: readonly string[], empty: string): string {
  return parts.length === 0 ? empty : `(${parts.join(` ${sign} `)})`;
}

function objectOf(value: unknown, pointer: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw Problem.field(pointer, 'notAnObject', `${pointer} must hold operators, such as {"eq": …}.`);
}
