import type { Type } from '@nestjs/common';
import type { EventType } from './catalogue.js';

/**
 * Rows with texts of the caller's choice, in which somebody may have written by what another row is known. When that one is erased, they go too, or they stay
 * without those texts.
 */
export type Mentions = (Going | Staying) & {
  /** What they are called where everything about a row is shown. */
  readonly name: string;
  readonly type: Type;
};

interface Going {
  /** SQL: a query of one column, the texts of the row `t` of the account `$1`. */
  readonly texts: string;
  readonly deleted: EventType;
}

interface Staying {
  readonly passages: readonly Passage[];
  readonly ended: Ending;
}

/** Texts of a row that go together. */
export interface Passage {
  /** SQL: a query of one column, these texts of the row `t` of the account `$1`. */
  readonly texts: string;
  /** SQL: what leaves none of them, as the `set` of an update. */
  readonly set: string;
  /** Whether the row must not go on as it is without them. */
  readonly ends: boolean;
}

/** How a row that lost what it cannot go on without is ended, and the event of it. */
export interface Ending {
  /** SQL: whether the row `t` has not ended yet. */
  readonly from: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly event: EventType;
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

/** SQL: a query of one column, all texts of the row `t` of the account `$1` that may mention somebody. */
export function textsOf(mentions: Mentions): string {
  if ('texts' in mentions) return mentions.texts;
  return mentions.passages.map(({ texts }) => texts).join(' union all ');
}
