import { isLocalDate } from '../../../kit/instants.js';
import { ORDER } from '../operators.js';
import type { FieldKind } from '../recipes.js';
import { rule } from '../rules.js';
import { textScalar } from '../scalars.js';
import { acceptedText } from './operand.js';

const DateScalar = textScalar('Date', 'A calendar date without a time: `YYYY-MM-DD`.');

/** A calendar date without a time: `YYYY-MM-DD`. */
export const date: FieldKind = {
  conditionName: () => 'Date',
  operators: ORDER,
  graphqlType: () => DateScalar,
  jsonSchema: () => ({ type: 'string', format: 'date' }),
  convert: (value) => value,
  rules: (_, each) => [rule('isLocalDate', 'must be a calendar date, YYYY-MM-DD', isDateText, each)],
  operand: (given, { pointer }) => acceptedText(given, pointer, 'a date YYYY-MM-DD', isLocalDate),
  sqlType: 'date',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: () => '2026-03-02',
};

function isDateText(value: unknown): boolean {
  return typeof value === 'string' && isLocalDate(value);
}
