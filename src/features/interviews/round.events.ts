import { shortTime } from '../../kit/short-time.js';
import { changed, sentenceCase, textOf, wordsOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import type { Happening } from '../../platform/contract/catalogue.js';
import { Round } from './round.entity.js';

const what = (data: Data): string => `${sentenceCase(wordsOf(textOf(data, 'kind') ?? 'interview'))} round`;
const start = ({ startsAt }: Data, { timeZone }: Happening): string => shortTime(startsAt, timeZone);

function context(data: Data, happening: Happening): string[] {
  return typeof data.startsAt === 'string' ? [`Starts ${start(data, happening)} (${happening.timeZone})`] : [];
}

export const roundEvents = {
  created: declareEvent({
    name: 'round.scheduled',
    resource: Round,
    description: 'A round was scheduled.',
    scope: 'interviews',
    sentence: (data, happening) => `${what(data)} on ${start(data, happening)}`,
    context,
  }),
  ...eventsOf(
    Round,
    {
      updated: {
        description: 'A round changed.',
        sentence: (data, { previous }) => `${what(data)} changed${changed(previous)}`,
      },
      rescheduled: {
        description: 'A round was moved to another time.',
        sentence: (data, happening) => `${what(data)} moved to ${start(data, happening)}`,
      },
      completed: {
        description: 'A round took place.',
        sentence: (data) => `${what(data)} is done: write down how it went while it is fresh`,
      },
      cancelled: {
        description: 'A round was cancelled.',
        sentence: (data, happening) => `${what(data)} of ${start(data, happening)} was cancelled`,
      },
      noShow: {
        description: 'Somebody did not attend a round.',
        sentence: (data, happening) => `${what(data)} of ${start(data, happening)}: somebody did not come`,
      },
      deleted: { description: 'A round was deleted.', sentence: (data) => `${what(data)} was deleted` },
    },
    { scope: 'interviews', context },
  ),
};
