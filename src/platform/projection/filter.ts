import type { Type } from '@nestjs/common';
import { shown } from '../../kit/text.js';
import { filterableFields, operatorsOf } from '../contract/filters.js';
import type { FilterTree } from '../contract/filters.js';
import type { DeclaredCondition, Recipe } from '../contract/recipes.js';
import { Problem } from '../errors/problem.js';
import { tableOf } from '../contract/tables.js';
import { rowOf, valueSql } from './expressions.js';
import { comparison } from './comparison.js';
import { operand } from './operand.js';
import { relatedSql } from './related.js';
import type { SqlText } from './sql-text.js';

const DEEPEST = 5;
const MOST_CONDITIONS = 50;
/** Objects that hold conditions, empty ones too. */
const MOST_GROUPS = 200;

/** Compiles a condition tree over the row `alias`. Each error names the field below `root`, the rule and what is allowed. */
export function filterSql(sql: SqlText, type: Type, alias: string, tree: FilterTree, root = 'filter'): string {
  return new FilterWriter(sql, type, alias, root).all(tree, root, 1);
}

class FilterWriter {
  private conditions = 0;
  private groups = 0;
  private readonly fields: ReadonlyMap<string, Recipe>;

  constructor(
    private readonly sql: SqlText,
    private readonly type: Type,
    private readonly alias: string,
    private readonly root: string,
  ) {
    this.fields = filterableFields(type);
  }

  all(tree: unknown, pointer: string, depth: number): string {
    if (depth > DEEPEST) throw Problem.field(pointer, 'tooDeep', `A filter nests at most ${DEEPEST} levels.`);
    this.groups += 1;
    if (this.groups > MOST_GROUPS) {
      throw Problem.field(this.root, 'tooMany', `A filter holds at most ${MOST_GROUPS} groups of conditions.`);
    }
    const entries = Object.entries(objectOf(tree, pointer)).filter(([, value]) => value !== undefined);
    return joined(
      'and',
      entries.map(([name, value]) => this.part(name, value, `${pointer}/${shown(name)}`, depth)),
      'true',
    );
  }

  private part(name: string, value: unknown, pointer: string, depth: number): string {
    switch (name) {
      case 'and':
        return joined(
          'and',
          listOf(value, pointer).map((item, i) => this.all(item, `${pointer}/${i}`, depth + 1)),
          'true',
        );
      case 'or':
        return joined(
          'or',
          listOf(value, pointer).map((item, i) => this.all(item, `${pointer}/${i}`, depth + 1)),
          'false',
        );
      case 'not':
        return `(${this.all(value, pointer, depth + 1)}) is not true`;
      default:
        return this.field(name, value, pointer);
    }
  }

  private field(name: string, value: unknown, pointer: string): string {
    const recipe = this.fields.get(name);
    if (!recipe) {
      const allowed = [...this.fields.keys(), 'and', 'or', 'not'].join(', ');
      throw Problem.field(pointer, 'unknownField', `${shown(name)} cannot be filtered by. Allowed: ${allowed}.`);
    }
    const operators = Object.entries(objectOf(value, pointer)).filter(([, given]) => given !== undefined);
    const parts = operators.map(([operator, given]) =>
      this.condition(name, recipe, operator, given, `${pointer}/${shown(operator)}`),
    );
    return joined('and', parts, 'true');
  }

  private condition(name: string, recipe: Recipe, operator: string, given: unknown, pointer: string): string {
    this.conditions += 1;
    if (this.conditions > MOST_CONDITIONS) {
      throw Problem.field(this.root, 'tooMany', `A filter holds at most ${MOST_CONDITIONS} conditions.`);
    }
    const form = Object.hasOwn(operatorsOf(recipe), operator) ? operatorsOf(recipe)[operator] : undefined;
    if (!form) {
      const allowed = Object.keys(operatorsOf(recipe)).join(', ');
      throw Problem.field(
        pointer,
        'unknownOperator',
        `${name} has no operator ${shown(operator)}. Allowed: ${allowed}.`,
      );
    }
    const checked = operand(form, given, { recipe, operator, pointer });
    if (recipe.condition) return this.declared(recipe.condition, recipe, operator, checked);
    if (recipe.rare) return this.among(name, recipe, operator, checked);
    return comparison(this.sql, valueSql(this.sql, this.type, name, this.alias), recipe, operator, checked);
  }

  /** A condition that a feature declared: about related rows, about names, or met or not. */
  private declared(condition: DeclaredCondition, { key }: Recipe, operator: string, checked: unknown): string {
    if (typeof condition === 'object') {
      const rows = { type: this.type, alias: this.alias, relation: condition.relation };
      return relatedSql(this.sql, rows, operator, checked);
    }
    const row = rowOf(this.sql, this.alias);
    if (!key) return checked === true ? condition(row, none) : `(${condition(row, none)}) is not true`;
    const names = (Array.isArray(checked) ? checked : [checked]) as readonly string[];
    const keys = this.sql.constant([...new Set(names.map(key.of))], 'text[]');
    return condition(row, () => keys);
  }

  /** The planner assumes that every list element is frequent and would scan in the order of the list, so the few matching rows are found first. */
  private among(name: string, recipe: Recipe, operator: string, checked: unknown): string {
    const condition = comparison(this.sql, valueSql(this.sql, this.type, name, 'r'), recipe, operator, checked);
    const few = `select r.id from ${tableOf(this.type).name} r where r.account_id = ${this.sql.account()} and ${condition}`;
    return `${this.alias}.id = any(array(${few}))`;
  }
}

function none(): string {
  throw new Error('This condition takes no names.');
}

function joined(word: 'and' | 'or', parts: readonly string[], empty: string): string {
  if (parts.length === 0) return empty;
  return parts.length === 1 ? (parts[0] ?? empty) : `(${parts.join(` ${word} `)})`;
}

function objectOf(value: unknown, pointer: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw Problem.field(pointer, 'notAnObject', `${pointer} must hold operators, such as {"eq": …}.`);
}

function listOf(value: unknown, pointer: string): readonly unknown[] {
  const list: unknown = typeof value === 'object' && value !== null && !Array.isArray(value) ? indexed(value) : value;
  if (Array.isArray(list)) return list;
  throw Problem.field(pointer, 'notAList', `${pointer} must be a list of conditions.`);
}

/** `filter[or][0][name][eq]=…` arrives as an object whose keys are positions. */
function indexed(value: object): unknown {
  const entries = Object.entries(value);
  return entries.every(([key]) => /^\d{1,3}$/.test(key)) ? entries.map(([, item]) => item as unknown) : value;
}
