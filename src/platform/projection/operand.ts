import { flagOperand } from '../contract/kinds/flag.js';
import { textOperand } from '../contract/kinds/text.js';
import type { OperandForm } from '../contract/operators.js';
import type { OperandPlace } from '../contract/recipes.js';
import { Problem } from '../errors/problem.js';
import { valuesIn } from './words-in.js';

const LONGEST_LIST = 100;

/** Checks and converts the operand of a condition: one value of the field's kind, or several. */
export function operand(form: OperandForm, given: unknown, place: OperandPlace): unknown {
  const one = (value: unknown): unknown => place.recipe.kind.operand(value, place);
  switch (form) {
    case 'flag':
      return flagOperand(given, place.pointer);
    case 'many':
      return several(given, place.pointer, 1, LONGEST_LIST).map(one);
    case 'pair':
      return several(given, place.pointer, 2, 2).map(one);
    case 'text':
      return textOperand(given, place.pointer);
    case 'one':
      return one(given);
  }
}

function several(given: unknown, pointer: string, least: number, most: number): readonly unknown[] {
  const list = valuesIn(given);
  if (list.length >= least && list.length <= most) return list;
  const count = least === most ? `${least} values` : `${least} to ${most} values`;
  throw Problem.field(
    pointer,
    'wrongCount',
    `${pointer} takes ${count}: in an address, separated by commas, repeated, or a JSON list.`,
  );
}
