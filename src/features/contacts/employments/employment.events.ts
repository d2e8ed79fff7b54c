import { changed, listed, textOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { eventsOf } from '../../../platform/contract/catalogue.js';
import { Employment } from './employment.entity.js';

/** `A job of your own: Programmer at Analytical Engines`. */
function job(data: Data): string {
  const what = listed([textOf(data, 'title'), textOf(data, 'company')], ' at ');
  return `${data.mine === true ? 'A job of your own' : 'A job of a contact'}: ${what}`;
}

export const employmentEvents = eventsOf(
  Employment,
  {
    created: {
      description: 'A job of a contact, or one of your own, was added.',
      sentence: (data) => `New: ${job(data)}`,
    },
    updated: {
      description: 'A job of a contact, or one of your own, changed.',
      sentence: (data, { previous }) => `${job(data)} changed${changed(previous)}`,
    },
    deleted: {
      description: 'A job of a contact, or one of your own, was deleted.',
      sentence: (data) => `Deleted: ${job(data)}`,
    },
  },
  { scope: 'contacts' },
);
