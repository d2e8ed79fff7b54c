import { isSafeText, isVisibleText, tidyText } from '../../../kit/text.js';
import type { FieldKind } from '../recipes.js';
import { text, textOperand } from './text.js';

/**
 * A text by which rows are grouped, such as a keyword. Nobody sees the white space around it, or how much there is inside, so two that differ in nothing else are one,
 * and a list has each once.
 */
export const label: FieldKind = {
  ...text,
  convert: (value, recipe) => (hasWords(value) ? tidyText(value) : text.convert(value, recipe)),
  operand: (given, { pointer }) => tidyText(textOperand(given, pointer)),
  distinct: true,
};

/** Whether something is left of it. What is blank is refused as it is. */
function hasWords(value: unknown): value is string {
  return typeof value === 'string' && isSafeText(value) && isVisibleText(value);
}
