import { colon, sentenceCase, textOf, wordsOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { eventNamed } from '../../../platform/contract/catalogue.js';
import type { WordedList } from '../../../platform/contract/catalogue.js';
import { actionsOf } from './actions.js';
import type { ActionLink } from './actions.js';
import type { Notice } from './message.js';

/** An event in words, for the formats that people read. Nothing is escaped yet. */
export interface Wording {
  /** The kind of event in two or three words, such as `Webhook ping`. It never contains a caller's text. */
  readonly kind: string;
  /** One sentence that says what happened, with the names. */
  readonly sentence: string;
  /** Further facts, such as when it is due, how important it is and whether it is late. */
  readonly context: readonly string[];
  /** Lists, each with a heading. */
  readonly lists: readonly WordedList[];
  readonly actions: readonly ActionLink[];
}

/**
 * The words come from the event's declaration. An event that is in the log but no longer declared is described by its
 * name and title.
 */
export function wordingOf(notice: Notice): Wording {
  const { type, data, sample } = notice;
  const event = eventNamed(type);
  const kind = sentenceCase(wordsOf(type));
  return {
    kind,
    sentence: event ? event.sentence(data, notice) : `${kind}${colon(nameOf(data))}`,
    context: [...(sample ? ['Sample: this did not happen'] : []), ...(event?.context?.(data, notice) ?? [])],
    lists: event?.lists?.(data, notice) ?? [],
    actions: actionsOf(notice),
  };
}

function nameOf(data: Data): string | null {
  const names = ['title', 'name', 'summary', 'company', 'description'].map((field) => textOf(data, field));
  return names.find(Boolean) ?? null;
}
