import { changed, colon, listed, textOf, wordsOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { declareEvent, eventsOf } from '../../../platform/contract/catalogue.js';
import { Circle } from './circle.entity.js';
import { Membership } from './membership.entity.js';

const name = (data: Data): string => textOf(data, 'name') ?? 'A circle';

export const circleEvents = eventsOf(
  Circle,
  {
    created: { description: 'A circle was added.', sentence: (data) => `${name(data)} is a new circle` },
    updated: {
      description: 'A circle changed.',
      sentence: (data, { previous }) => `The circle ${name(data)} changed${changed(previous)}`,
    },
    deleted: {
      description: 'A circle was deleted; it can be restored for 30 days, with its members.',
      sentence: (data) => `The circle ${name(data)} was deleted; 30 days are left to restore it with its members`,
    },
    restored: {
      description: 'A deleted circle was restored.',
      sentence: (data) => `The circle ${name(data)} is back, with its members`,
    },
  },
  { scope: 'contacts' },
);

const as = (data: Data): string => listed([textOf(data, 'handle'), wordsOf(textOf(data, 'role') ?? 'member')], ', ');

export const membershipEvents = {
  created: declareEvent({
    name: 'circle.member_added',
    resource: Membership,
    description: 'A contact was added to a circle.',
    scope: 'contacts',
    sentence: (data) => `A contact is now in a circle${colon(as(data))}`,
  }),
  updated: declareEvent({
    name: 'circle.member_updated',
    resource: Membership,
    description: 'What a contact is in a circle changed.',
    scope: 'contacts',
    sentence: (data, { previous }) => `A member of a circle (${as(data)}) changed${changed(previous)}`,
  }),
  deleted: declareEvent({
    name: 'circle.member_removed',
    resource: Membership,
    description: 'A contact was taken out of a circle.',
    scope: 'contacts',
    sentence: (data) => `A contact is no longer in a circle${colon(as(data))}`,
  }),
};
