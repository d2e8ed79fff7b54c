import { Float } from '@nestjs/graphql';
import { IsNumber, Max, Min } from 'class-validator';
import { ORDER } from '../operators.js';
import type { FieldKind } from '../recipes.js';
import { acceptedNumber } from './operand.js';

/** A finite number. */
export const number: FieldKind = {
  conditionName: () => 'Number',
  operators: ORDER,
  graphqlType: () => Float,
  jsonSchema: ({ min, max }) => ({ type: 'number', minimum: min, maximum: max }),
  convert: (value) => value,
  rules: ({ min, max }, each) => [
    IsNumber({ allowInfinity: false, allowNaN: false }, each),
    Min(min ?? -1e15, each),
    Max(max ?? 1e15, each),
  ],
  operand: (given, { pointer }) => acceptedNumber(given, pointer, 'a number', () => true),
  sqlType: 'numeric',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: ({ min }) => Math.max(min ?? 0, 1),
};
