import { shortTime } from '../../kit/short-time.js';
import { changed, daysOverdue } from '../../kit/words.js';
import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { circumstances, circumstancesOfRing, days, titleOf } from './reminder.words.js';

export const reminderEvents = eventsOf(
  Reminder,
  {
    created: {
      description: 'A reminder was created, by a caller or by a feature.',
      sentence: (data, { timeZone }) => `${titleOf(data)}, due ${shortTime(data.dueAt, timeZone)}`,
    },
    updated: {
      description: 'A reminder was changed or moved to another time.',
      sentence: (data, { previous }) => `${titleOf(data)} changed${changed(previous)}`,
    },
    deleted: {
      description: 'A reminder was deleted.',
      sentence: (data) => `${titleOf(data)} will not ring again`,
    },
  },
  { context: circumstances },
);

const ring = { resource: Occurrence, scope: 'reminders', context: circumstances };

/** Events about one ring carry the occurrence, not the reminder. */
export const occurrenceEvents = {
  due: declareEvent({
    ...ring,
    name: 'reminder.due',
    description: 'A reminder rings.',
    sentence: (data, { timestamp }) => {
      const waited = daysOverdue(data.dueAt, timestamp);
      return waited > 0 ? `${titleOf(data)} — ${days(waited)} overdue` : titleOf(data);
    },
    context: circumstancesOfRing,
  }),
  upcoming: declareEvent({
    ...ring,
    name: 'reminder.upcoming',
    description: 'A ring is coming: one of the times in `leads` has been reached.',
    sentence: (data, { timeZone }) => `${titleOf(data)} comes up on ${shortTime(data.dueAt, timeZone)}`,
  }),
  overdue: declareEvent({
    ...ring,
    name: 'reminder.overdue',
    description: 'A ring was not answered within the `overdueAfter` of its reminder.',
    sentence: (data, { timestamp }) => {
      const waited = daysOverdue(data.dueAt, timestamp);
      return `Still waiting${waited > 0 ? ` after ${days(waited)}` : ''}: ${titleOf(data)}`;
    },
  }),
  completed: declareEvent({
    ...ring,
    name: 'reminder.completed',
    description: 'A ring was answered with done.',
    sentence: (data) => `Done: ${titleOf(data)}`,
  }),
  snoozed: declareEvent({
    ...ring,
    name: 'reminder.snoozed',
    description: 'A ring was put off.',
    sentence: (data, { timeZone }) => `Put off until ${shortTime(data.snoozedUntil, timeZone)}: ${titleOf(data)}`,
  }),
  dismissed: declareEvent({
    ...ring,
    name: 'reminder.dismissed',
    description: 'A ring was waved away.',
    sentence: (data) => `Dismissed: ${titleOf(data)}`,
  }),
};
