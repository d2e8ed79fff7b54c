import type { Type } from '@nestjs/common';
import type { EventType } from './catalogue.js';

/** Rows with texts of the caller's choice, in which somebody may have written by what another row is known. When that one is erased, they go too. */
export interface Mentions {
  /** What they are called where everything about a row is shown. */
  readonly name: string;
  readonly type: Type;
  /** SQL: a query of one column, the texts of the row `t` of the account `$1`. */
  readonly texts: string;
  readonly deleted: EventType;
}

/** By what a row is known in such texts. They are compared by their words: case, punctuation and spaces do not matter. */
export interface Traces {
  /** Found anywhere in a text. */
  readonly parts: readonly string[];
  /** Found where they are all of a text: words that may mean something else as well. */
  readonly wholes: readonly string[];
}

const mentions: Mentions[] = [];

export function declareMentions(declared: Mentions): void {
  mentions.push(declared);
}

export function allMentions(): readonly Mentions[] {
  return mentions;
}
