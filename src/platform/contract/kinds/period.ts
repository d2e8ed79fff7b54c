import { EQUALITY } from '../operators.js';
import type { FieldKind } from '../recipes.js';
import { textScalar } from '../scalars.js';
import { textOperand, textRules } from './text.js';

const DurationScalar = textScalar('Duration', 'An ISO 8601 duration, such as `P8M`.');

/** A span of time, written as an ISO 8601 duration. Two spellings of one span are two values: `P1W` is not `P7D`. */
export const period: FieldKind = {
  conditionName: () => 'Period',
  operators: EQUALITY,
  graphqlType: () => DurationScalar,
  jsonSchema: () => ({ type: 'string', format: 'duration' }),
  convert: (value) => value,
  rules: textRules,
  operand: (given, { pointer }) => textOperand(given, pointer),
  sqlType: 'text',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: () => 'P3M',
};
