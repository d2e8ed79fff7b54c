import { changed, listed, textOf, wordsOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Interview } from './interview.entity.js';

const what = (data: Data): string => listed([textOf(data, 'role'), textOf(data, 'company')], ' at ') || 'Interview';

export const interviewEvents = {
  created: declareEvent({
    name: 'interview.started',
    resource: Interview,
    description: 'An interview process began.',
    sentence: (data) => `${what(data)}: the process has begun`,
  }),
  ...eventsOf(Interview, {
    updated: {
      description: 'An interview changed.',
      sentence: (data, { previous }) => `${what(data)} changed${changed(previous)}`,
    },
    stageChanged: {
      description: 'An interview reached another stage.',
      sentence: (data, { previous }) => {
        const before = textOf(previous ?? {}, 'stage');
        return `${what(data)}: ${before ? `${wordsOf(before)} → ` : 'now '}${wordsOf(textOf(data, 'stage') ?? '')}`;
      },
    },
    deleted: {
      description: 'An interview was deleted, with its rounds.',
      sentence: (data) => `${what(data)} was deleted, with its rounds`,
    },
  }),
};
