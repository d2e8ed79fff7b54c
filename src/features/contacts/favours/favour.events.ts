import { changed, colon, textOf, wordsOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { eventsOf } from '../../../platform/contract/catalogue.js';
import { Favour } from './favour.entity.js';

/** `A favour asked of a contact (intro, open): An introduction to …`. */
function favour(data: Data): string {
  const direction = textOf(data, 'direction') ?? 'given';
  const whose = { given: 'given to', asked: 'asked of', received: 'received from' }[direction] ?? direction;
  const what = `${wordsOf(textOf(data, 'kind') ?? 'favour')}, ${wordsOf(textOf(data, 'state') ?? 'open')}`;
  return `A favour ${whose} a contact (${what})${colon(textOf(data, 'summary'))}`;
}

export const favourEvents = eventsOf(
  Favour,
  {
    created: { description: 'A favour was noted.', sentence: (data) => favour(data) },
    updated: {
      description: 'A favour changed: it was done or declined, or is noted in other words.',
      sentence: (data, { previous }) => `${favour(data)} changed${changed(previous)}`,
    },
    deleted: { description: 'A favour was deleted.', sentence: (data) => `Deleted: ${favour(data)}` },
  },
  { scope: 'contacts' },
);
