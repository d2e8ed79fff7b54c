import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { isSafeText, isVisibleText, normalizeText } from '../../../kit/text.js';
import { EQUALITY } from '../operators.js';
import type { Each, FieldKind, Recipe } from '../recipes.js';
import { rule } from '../rules.js';
import { acceptedText } from './operand.js';

const BLANK = 'must have visible characters; if it may be empty, it is null';

/** The longest text that a filter compares with. */
const LONGEST_OPERAND = 1_000;

/** A text in Unicode Normalization Form C, without U+0000. */
export const text: FieldKind = {
  conditionName: () => 'Text',
  operators: { ...EQUALITY, contains: 'text', startsWith: 'text' },
  graphqlType: () => String,
  jsonSchema: ({ min, max, pattern }) => ({
    type: 'string',
    minLength: min ?? 1,
    maxLength: max ?? 64,
    ...(pattern ? { pattern: pattern.regexp.source } : {}),
  }),
  convert: (value) => (isSafe(value) ? normalizeText(value) : value),
  rules: textRules,
  operand: (given, { pointer }) => textOperand(given, pointer),
  sqlType: 'text',
  shownSql: (value) => value,
  // As people sort names, by the root of the Unicode collation algorithm, which every PostgreSQL with ICU has.
  orderSql: (value) => `(${value} collate "und-x-icu")`,
  cursorSql: (value) => `${value}::text`,
  example: () => 'text',
};

/** The rules for values that are written as texts. */
export function textRules({ min, max, pattern, check }: Recipe, each: Each): PropertyDecorator[] {
  return [
    IsString(each),
    MinLength(min ?? 1, each),
    MaxLength(max ?? 64, each),
    ...(min === 0 ? [] : [rule('isVisible', BLANK, isVisible, each)]),
    rule('isSafeText', 'must be well-formed Unicode without U+0000', isSafe, each),
    ...(pattern ? [Matches(pattern.regexp, { ...each, message: `$property ${pattern.hint}` })] : []),
    ...(check ? [acceptable(check, each)] : []),
  ];
}

function acceptable(check: NonNullable<Recipe['check']>, each: Each): PropertyDecorator {
  const verdict = (value: unknown): string | null => (typeof value === 'string' ? check(value) : 'must be a text');
  return rule(
    'isAcceptable',
    (value) => verdict(value) ?? '',
    (value) => verdict(value) === null,
    each,
  );
}

/** A text to compare with, for every kind that is compared as text. */
export function textOperand(given: unknown, pointer: string): string {
  const value = acceptedText(given, pointer, `a text of at most ${LONGEST_OPERAND} characters`, (candidate) => {
    return candidate.length <= LONGEST_OPERAND && isSafeText(candidate);
  });
  return normalizeText(value);
}

function isVisible(value: unknown): boolean {
  return typeof value !== 'string' || isVisibleText(value);
}

function isSafe(value: unknown): value is string {
  return typeof value === 'string' && isSafeText(value);
}
