/** What an operator takes: a value of the field's own kind, a list or a pair of them, a boolean, a text. */
export type OperandForm = 'one' | 'many' | 'flag' | 'pair' | 'text';

export type Operators = Readonly<Record<string, OperandForm>>;

/** Of values that are equal or not. */
export const EQUALITY: Operators = { eq: 'one', ne: 'one', in: 'many', isNull: 'flag' };

/** Of values that come one after another. */
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

/** Of a list, whatever the kind of its values. */
export const LISTS: Operators = { has: 'one', hasAny: 'many', hasAll: 'many' };

/** The operators that are one sign in SQL. */
export const SIGNS: Readonly<Record<string, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' };

const MEANINGS: Readonly<Record<string, string>> = {
  eq: 'Equal.',
  ne: 'Not equal; null counts as different.',
  in: 'One of these, at most 100.',
  isNull: 'Is there no value?',
  contains: 'Contains this text, whatever its case.',
  startsWith: 'Starts with this text, whatever its case.',
  lt: 'Less than, or earlier than.',
  lte: 'At most, or not later than.',
  gt: 'Greater than, or later than.',
  gte: 'At least, or not earlier than.',
  between: 'Two values: from the first to the second, both included.',
  has: 'The list has this value.',
  hasAny: 'The list has at least one of these values.',
  hasAll: 'The list has all of these values.',
};

/** What an operator asks for, in words. */
export function operatorMeaning(operator: string): string {
  return MEANINGS[operator] ?? operator;
}
