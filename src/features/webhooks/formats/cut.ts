import { cutText } from '../../../kit/cut-text.js';

/** The beginning of a text, with an ellipsis where it was cut, between characters as people see them. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${cutText(text, most - 1)}…`;
}
