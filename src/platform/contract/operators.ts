/** What an operator takes: a value of the field's own kind, a list or a pair of them, a boolean, a text. */
export type OperandForm = 'one' | 'many' | 'flag' | 'pair' | 'text';

export type Operators = Readonly<Record<string, OperandForm>>;

/** For values that are only compared for equality. */
export const EQUALITY: Operators = { eq: 'one', ne: 'one', in: 'many', isNull: 'flag' };

/** For values that have an order. */
export const ORDER: Operators = {
  eq: 'one',
  ne: 'one',
  lt: 'one',
  lte: 'one',
  gt: 'one',
  gte: 'one',
  between: 'pair',
  isNull: 'flag',
};

/** For lists of any kind. */
export const LISTS: Operators = { has: 'one', hasAny: 'many', hasAll: 'many' };

/** The operators that are one symbol in SQL. */
export const SIGNS: Readonly<Record<string, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' };

const MEANINGS: Readonly<Record<string, string>> = {
  eq: 'Equal.',
  ne: 'Not equal; null counts as different.',
  in: 'Equal to one of these, at most 100.',
  isNull: '`true`: there is no value; `false`: there is one.',
  contains: 'Contains this text, ignoring case.',
  startsWith: 'Starts with this text, ignoring case.',
  lt: 'Less than or earlier than.',
  lte: 'Less than or equal to; not later than.',
  gt: 'Greater than or later than.',
  gte: 'Greater than or equal to; not earlier than.',
  between: 'Two values: from the first to the second, both inclusive.',
  has: 'The list contains this value.',
  hasAny: 'The list contains at least one of these values.',
  hasAll: 'The list contains all of these values.',
};

/** The meaning of an operator, in words. */
export function operatorMeaning(operator: string): string {
  return MEANINGS[operator] ?? operator;
}
