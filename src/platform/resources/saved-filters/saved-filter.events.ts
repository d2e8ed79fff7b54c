import { changed, colon, textOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { eventsOf } from '../../contract/catalogue.js';
import { SavedFilter } from './saved-filter.entity.js';

const named = (data: Data): string => colon(textOf(data, 'name'));

export const savedFilterEvents = eventsOf(SavedFilter, {
  created: { description: 'A filter was saved.', sentence: (data) => `A filter was saved${named(data)}` },
  updated: {
    description: 'A saved filter changed.',
    sentence: (data, { previous }) => `The saved filter ${textOf(data, 'name') ?? ''} changed${changed(previous)}`,
  },
  deleted: {
    description: 'A saved filter was deleted.',
    sentence: (data) => `A saved filter was deleted${named(data)}`,
  },
});
