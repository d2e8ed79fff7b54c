import { colon, sentenceCase, textOf, wordsOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { eventNamed } from '../../../platform/contract/catalogue.js';
import type { WordedList } from '../../../platform/contract/catalogue.js';
import { actionsOf } from './actions.js';
import type { ActionLink } from './actions.js';
import type { Notice } from './message.js';

/** An event in words, for formats that people read. Nothing is escaped yet. */
export interface Wording {
  /** The event's kind in two or three words: `Webhook ping`. Never a caller's own text. */
  readonly kind: string;
  /** One sentence that says what happened, with the names in it. */
  readonly sentence: string;
  /** The small print: when it is due, how much it matters, whether it is late. */
  readonly context: readonly string[];
  /** What is enumerated, each list under its heading. */
  readonly lists: readonly WordedList[];
  readonly actions: readonly ActionLink[];
}

/** The words are the event's own. One that nothing declares any more, but that the log still holds, is told by its name and title. */
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
