import { Int } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
import { ORDER } from '../operators.js';
import type { FieldKind } from '../recipes.js';
import { acceptedNumber } from './operand.js';

/** A whole number within 32 bits. */
export const integer: FieldKind = {
  conditionName: () => 'Integer',
  operators: ORDER,
  graphqlType: () => Int,
  jsonSchema: ({ min, max }) => ({ type: 'integer', minimum: min, maximum: max }),
  convert: (value) => value,
  rules: ({ min, max }, each) => [IsInt(each), Min(min ?? -(2 ** 31), each), Max(max ?? 2 ** 31 - 1, each)],
  operand: (given, { pointer }) => acceptedNumber(given, pointer, 'a whole number', (value) => Number.isInteger(value)),
  // A filter may compare with more than fits into the column.
  sqlType: 'bigint',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: ({ min }) => Math.max(min ?? 0, 1),
};
