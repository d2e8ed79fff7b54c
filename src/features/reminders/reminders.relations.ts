import { declareReference } from '../../platform/contract/references.js';
import { relate } from '../../platform/contract/relations.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { MANUAL } from './kinds.service.js';
import { reminderEvents } from './reminder.events.js';

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

/** What features keep, they keep for whom is left. */
const BY_PEOPLE = `t.kind = '${MANUAL.name}'`;

declareReference({
  table: 'reminders',
  column: 'subject_id',
  to: { nounIn: 'subject_type' },
  moves: 'always',
  where: BY_PEOPLE,
  told: { type: Reminder, event: reminderEvents.updated },
});

declareReference({
  table: 'occurrences',
  column: 'subject_id',
  to: { nounIn: 'subject_type' },
  moves: 'always',
  where: BY_PEOPLE,
});
