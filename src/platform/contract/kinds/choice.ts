import { IsIn } from 'class-validator';
import { enumeration } from '../graphql-types.js';
import { EQUALITY } from '../operators.js';
import type { FieldKind, Recipe } from '../recipes.js';
import { acceptedText } from './operand.js';

/** One of a fixed set of words, the same on both faces. */
export const choice: FieldKind = {
  conditionName: (recipe) => choiceOf(recipe).name,
  operators: EQUALITY,
  graphqlType: (recipe) => {
    const { name, values, description } = choiceOf(recipe);
    return enumeration(name, values, description);
  },
  jsonSchema: (recipe) => ({ type: 'string', enum: [...choiceOf(recipe).values] }),
  convert: (value) => value,
  rules: (recipe, each) => [IsIn(choiceOf(recipe).values, each)],
  operand: (given, { recipe, pointer }) => {
    const { values } = choiceOf(recipe);
    return acceptedText(given, pointer, `one of ${values.join(', ')}`, (value) => values.includes(value));
  },
  sqlType: 'text',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: (recipe) => choiceOf(recipe).values[0],
};

function choiceOf({ choice: words }: Recipe): NonNullable<Recipe['choice']> {
  if (!words) throw new Error('A choice needs its values.');
  return words;
}
