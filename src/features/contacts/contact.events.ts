import { changed, listed, textOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Contact } from './contact.entity.js';

const name = (data: Data): string => textOf(data, 'name') ?? 'A contact';
const job = (data: Data): string => listed([textOf(data, 'title'), textOf(data, 'company')], ' at ');
const context = (data: Data): string[] => (job(data) === '' ? [] : [job(data)]);

export const contactEvents = {
  ...eventsOf(
    Contact,
    {
      created: { description: 'A contact was added.', sentence: (data) => `${name(data)} is a new contact` },
      updated: {
        description: 'A contact changed.',
        sentence: (data, { previous }) => `${name(data)} changed${changed(previous)}`,
      },
      deleted: {
        description: 'A contact was deleted, or merged into the one of `mergedIntoId`; for 30 days it can be restored.',
        sentence: (data) =>
          textOf(data, 'mergedIntoId') === null
            ? `${name(data)} was deleted; 30 days are left to restore the contact`
            : `${name(data)} was merged into another contact`,
      },
      merged: {
        description:
          'Another contact was merged into this one. `previous.mergedContactId` is the other, and what pointed at it points here now.',
        sentence: (data) => `${name(data)} and another contact are one now`,
      },
      unmerged: {
        description:
          'A merge was undone: `previous.mergedContactId` is the contact that is back, with what pointed at it before.',
        sentence: (data) => `${name(data)} and another contact are two again`,
      },
      restored: { description: 'A deleted contact was restored.', sentence: (data) => `${name(data)} is back` },
    },
    { context },
  ),
  jobChanged: declareEvent({
    name: 'contact.job_changed',
    resource: Contact,
    description:
      'A contact works at another company, or as an import says in another role. Its jobs say since when; it is not told as an update too.',
    sentence: (data, { previous }) => {
      const [now, before] = [job(data), job(previous ?? {})];
      if (now === '') return `Contact job changed: ${name(data)}`;
      return `${name(data)} has a new job: ${now}${before === '' ? '' : ` (before: ${before})`}`;
    },
    context,
  }),
};
