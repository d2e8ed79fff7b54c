import type { Recipe } from '../../platform/contract/recipes.js';

const SIGNS: Readonly<Record<string, string>> = { eq: '==', lt: '<', lte: '<=', gt: '>', gte: '>=' };

/**
 * One condition as an SQL/JSON path predicate. Each predicate is an `exists(…)`, which is true or false but never
 * unknown, so that `!` negates it as the list filter's `not` does. The value has been checked.
 */
export function conditionPath(name: string, recipe: Recipe, operator: string, given: unknown): string {
  const path = recipe.list ? `$.${name}[*]` : `$.${name}`;
  const has = (test: string): string => `exists(${path} ? (${test}))`;
  const equal = (value: unknown): string => `@ == ${literal(value)}`;
  const several = Array.isArray(given) ? (given as unknown[]) : [given];
  switch (operator) {
    case 'ne':
      return `!${has(equal(given))}`;
    case 'has':
      return has(equal(given));
    case 'in':
    case 'hasAny':
      return has(several.map(equal).join(' || '));
    case 'hasAll':
      return `(${several.map((value) => has(equal(value))).join(' && ')})`;
    case 'isNull':
      return `${given === true ? '!' : ''}${has('@ != null')}`;
    case 'between':
      return has(`@ >= ${literal(several[0])} && @ <= ${literal(several[1])}`);
    case 'contains':
      return has(`@ like_regex ${quoted(escapedPattern(String(given)))} flag "i"`);
    case 'startsWith':
      return has(`@ like_regex ${quoted(`^${escapedPattern(String(given))}`)} flag "i"`);
    default:
      return has(`@ ${SIGNS[operator] ?? '=='} ${literal(given)}`);
  }
}

/** Instants are compared as the text in which the log shows them: UTC with milliseconds, which sorts by time. */
function literal(value: unknown): string {
  if (value instanceof Date) return quoted(value.toISOString());
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

/** The strings of a path follow JavaScript's rules, so a JSON string is valid. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function escapedPattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, (sign) => `\\${sign}`);
}
