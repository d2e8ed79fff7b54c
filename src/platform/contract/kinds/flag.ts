import { IsBoolean } from 'class-validator';
import { Problem } from '../../errors/problem.js';
import type { FieldKind } from '../recipes.js';

/** Yes or no. */
export const flag: FieldKind = {
  conditionName: () => 'Flag',
  operators: { eq: 'one' },
  graphqlType: () => Boolean,
  jsonSchema: () => ({ type: 'boolean' }),
  convert: (value) => value,
  rules: (_, each) => [IsBoolean(each)],
  operand: (given, { pointer }) => flagOperand(given, pointer),
  sqlType: 'boolean',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: () => false,
};

/** A boolean operand, which `isNull` takes for every kind. */
export function flagOperand(given: unknown, pointer: string): boolean {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false') return false;
  throw Problem.field(pointer, 'isBoolean', `${pointer} must be true or false.`);
}
