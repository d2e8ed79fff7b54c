import { colon, textOf, wordsOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { declareEvent, eventsOf } from '../../../platform/contract/catalogue.js';
import { Interaction } from './interaction.entity.js';

const what = (data: Data): string => `${wordsOf(textOf(data, 'channel') ?? 'touch')}${colon(textOf(data, 'summary'))}`;

export const interactionEvents = {
  created: declareEvent({
    name: 'interaction.logged',
    resource: Interaction,
    description: 'An interaction was logged.',
    scope: 'contacts',
    sentence: (data) => `Logged: ${what(data)}`,
  }),
  ...eventsOf(
    Interaction,
    {
      updated: { description: 'An interaction changed.', sentence: (data) => `Corrected: ${what(data)}` },
      deleted: { description: 'An interaction was deleted.', sentence: (data) => `Taken back: ${what(data)}` },
    },
    { scope: 'contacts' },
  ),
};
