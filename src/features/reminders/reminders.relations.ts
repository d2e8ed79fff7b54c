import { relate } from '../../platform/contract/relations.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';

relate(Reminder, 'occurrences', {
  to: () => Occurrence,
  match: { reminderId: 'id' },
  order: '-dueAt',
  first: 10,
  description: 'Its rings, newest first.',
});

relate(Occurrence, 'reminder', {
  to: () => Reminder,
  many: false,
  match: { id: 'reminderId' },
  description: 'The reminder that rings.',
});
