import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';

export const reminderEvents = eventsOf(Reminder, {
  created: 'A reminder was made, by hand or by a habit.',
  updated: 'A reminder changed, or moved to another time.',
  deleted: 'A reminder was taken away.',
});

/** What happens to one ring carries the occurrence, not the reminder. */
export const occurrenceEvents = {
  due: declareEvent({
    name: 'reminder.due',
    resource: Occurrence,
    scope: 'reminders',
    description: 'A reminder rings.',
  }),
  upcoming: declareEvent({
    name: 'reminder.upcoming',
    resource: Occurrence,
    scope: 'reminders',
    description: 'A ring comes soon: one of its leads is reached.',
  }),
  overdue: declareEvent({
    name: 'reminder.overdue',
    resource: Occurrence,
    scope: 'reminders',
    description: 'Nobody has answered a ring for as long as its reminder waits.',
  }),
  completed: declareEvent({
    name: 'reminder.completed',
    resource: Occurrence,
    scope: 'reminders',
    description: 'A ring was answered: done.',
  }),
  snoozed: declareEvent({
    name: 'reminder.snoozed',
    resource: Occurrence,
    scope: 'reminders',
    description: 'A ring was put off.',
  }),
  dismissed: declareEvent({
    name: 'reminder.dismissed',
    resource: Occurrence,
    scope: 'reminders',
    description: 'A ring was waved away.',
  }),
};
