import { EQUALITY } from '../operators.js';
import type { FieldKind } from '../recipes.js';
import { textScalar } from '../scalars.js';
import { textOperand, textRules } from './text.js';

const DurationScalar = textScalar('Duration', 'An ISO 8601 duration, such as `P8M`.');

/** A span of time, written as an ISO 8601 duration. Texts are compared as written: `P1W` and `P7D` are different values. */
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
