import { shortTime } from '../../kit/short-time.js';
import { changed, textOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import { eventsOf } from '../../platform/contract/catalogue.js';
import { Recruiter } from './recruiter.entity.js';

const who = (data: Data): string => textOf(data, 'agency') ?? 'A recruiter';

export const recruiterEvents = eventsOf(Recruiter, {
  created: { description: 'A recruiter was added.', sentence: (data) => `${who(data)} has come into view` },
  updated: {
    description: 'A recruiter changed, or was parked.',
    sentence: (data, { previous, timeZone }) =>
      textOf(data, 'status') === 'parked' && data.parkedUntil
        ? `${who(data)} is parked until ${shortTime(data.parkedUntil, timeZone)}`
        : `${who(data)} changed${changed(previous)}`,
  },
  deleted: {
    description: 'A recruiter was deleted; the contact stays.',
    sentence: (data) => `${who(data)} was deleted; the contact stays`,
  },
});
