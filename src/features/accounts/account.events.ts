import { changed } from '../../kit/words.js';
import { eventsOf } from '../../platform/contract/catalogue.js';
import { Account } from './account.entity.js';

export const accountEvents = eventsOf(
  Account,
  {
    updated: {
      description: 'The settings of the account changed.',
      sentence: (_, { previous }) => `The settings of the account changed${changed(previous)}`,
    },
  },
  { scope: 'account' },
);
