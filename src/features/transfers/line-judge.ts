import type { Type } from '@nestjs/common';
import { jsonDepthExceeds } from '../../kit/json-depth.js';
import { shown } from '../../kit/text.js';
import { declaredShapes } from '../../platform/contract/json-schema.js';
import { record, recipesOf } from '../../platform/contract/recipes.js';
import type { Recipe } from '../../platform/contract/recipes.js';
import { playRules } from '../../platform/contract/rules.js';
import { tableOf } from '../../platform/contract/tables.js';
import { Problem } from '../../platform/errors/problem.js';
import { ShapePipe } from '../../platform/http/input.pipe.js';
import type { TravellingTable } from './layout.service.js';

/** A line that cannot be applied; the message says why, and what to do. */
export class RefusedLine extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** A line that is what it should be. */
export interface JudgedLine {
  readonly line: number;
  readonly text: string;
  readonly table: TravellingTable;
  readonly part: 'row' | 'link';
  /** Its place in the order of the file. */
  readonly rank: number;
}

type Json = Readonly<Record<string, unknown>>;

const DEEPEST = 40;

/** Checks the lines of a file: their form, the names of their values, and what the declarations say of these. */
export class LineJudge {
  private readonly byName: ReadonlyMap<string, { table: TravellingTable; rank: number }>;
  private readonly checks = new Map<Type, Check>();

  constructor(private readonly tables: readonly TravellingTable[]) {
    this.byName = new Map(tables.map((table, at) => [table.name, { table, rank: at * 2 }]));
  }

  /** @throws RefusedLine */
  async row(text: string, line: number, after: number): Promise<JudgedLine> {
    const found = objectIn(text, line);
    const part = 'link' in found ? 'link' : 'row';
    assertNames(found, ['resource', part], 'The line', line);
    const known = this.byName.get(String(found.resource));
    if (!known) {
      const names = this.tables.map(({ name }) => name).join(', ');
      throw new RefusedLine(line, `${shown(String(found.resource))} is not a resource of a file: ${names}.`);
    }
    const { table } = known;
    const rank = known.rank + (part === 'link' ? 1 : 0);
    if (rank < after) throw new RefusedLine(line, `Lines of ${table.name} come before those of the line before it.`);
    const values = valuesIn(found[part], line);
    assertNames(values, part === 'row' ? table.columns : [...table.key, ...table.own], table.name, line);
    if (part === 'row' && table.type) await this.assertFits(table.type, values, line);
    return { line, text, table, part, rank };
  }

  /** The settings of the account, in the second line. @throws RefusedLine */
  async settings(text: string, columns: readonly string[], type: Type | null): Promise<Json> {
    const found = objectIn(text, 2);
    assertNames(found, ['resource', 'row'], 'The line', 2);
    if (found.resource !== 'account')
      throw new RefusedLine(2, 'The second line is the account, of the resource account.');
    const values = valuesIn(found.row, 2);
    assertNames(values, columns, 'account', 2);
    if (type) await this.assertFits(type, values, 2);
    return values;
  }

  private async assertFits(type: Type, values: Json, line: number): Promise<void> {
    const check = this.checks.get(type) ?? checkOf(type);
    this.checks.set(type, check);
    const named = Object.fromEntries(check.properties.map(([name, column]) => [name, values[column]]));
    const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
    try {
      await check.pipe.transform(given, { type: 'body' });
    } catch (error) {
      if (error instanceof Problem) throw new RefusedLine(line, error.message);
      throw error;
    }
  }
}

/** The object of a line. @throws RefusedLine */
export function objectIn(text: string, line: number): Json {
  if (jsonDepthExceeds(text, DEEPEST)) throw new RefusedLine(line, `The line nests more than ${DEEPEST} levels deep.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RefusedLine(line, 'The line is not JSON: each line is one object, and there are no empty lines.');
  }
  return valuesIn(value, line);
}

function valuesIn(value: unknown, line: number): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new RefusedLine(line, 'A JSON object is expected here.');
}

function assertNames(found: Json, names: readonly string[], what: string, line: number): void {
  const missing = names.filter((name) => !Object.hasOwn(found, name));
  const unknown = Object.keys(found).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new RefusedLine(line, `${what} lacks ${missing.slice(0, 5).join(', ')}.`);
  if (unknown.length > 0) throw new RefusedLine(line, `${what} has nothing called ${shown(unknown[0] ?? '')}.`);
}

interface Check {
  readonly pipe: ShapePipe;
  /** The properties that are checked, with their columns. */
  readonly properties: readonly (readonly [name: string, column: string])[];
}

/** What the declarations say of the values of an entity. What only the program writes has no declaration; the database checks it. */
function checkOf(type: Type): Check {
  abstract class Row {}
  const properties = [...recipesOf(type)].flatMap(([name, recipe]) => {
    const column = tableOf(type).columns.get(name);
    if (!column || recipe.computed || isShownOnly(recipe)) return [];
    // Which names there are has been checked: an account has no id here.
    const judged = { ...recipe, optional: true };
    record(Row.prototype, name, judged);
    playRules(Row.prototype, name, judged);
    return [[name, column.name] as const];
  });
  return { pipe: new ShapePipe(Row as unknown as Type), properties };
}

/** A shape that is only answered has no rules. */
function isShownOnly({ shape }: Recipe): boolean {
  const type = shape?.();
  return type !== undefined && declaredShapes().some(([, known]) => known.type === type && known.direction === 'out');
}
