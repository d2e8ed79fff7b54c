import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Interview } from './interview.entity.js';
import { Round } from './round.entity.js';

export const interviewEvents = {
  created: declareEvent({
    name: 'interview.started',
    resource: Interview,
    description: 'An interview process began.',
  }),
  ...eventsOf(Interview, {
    updated: 'An interview changed.',
    stageChanged: 'An interview reached another stage.',
    deleted: 'An interview was deleted, with its rounds.',
  }),
};

export const roundEvents = {
  created: declareEvent({
    name: 'round.scheduled',
    resource: Round,
    description: 'A round was scheduled.',
    scope: 'interviews',
  }),
  ...eventsOf(
    Round,
    {
      updated: 'A round changed.',
      rescheduled: 'A round was moved to another time.',
      completed: 'A round took place.',
      cancelled: 'A round was cancelled.',
      noShow: 'Somebody did not attend a round.',
      deleted: 'A round was deleted.',
    },
    { scope: 'interviews' },
  ),
};
