import { relate } from '../../platform/contract/relations.js';
import { Contact } from '../contacts/contact.entity.js';
import { Reminder } from '../reminders/reminder.entity.js';
import { Recruiter } from './recruiter.entity.js';

relate(Recruiter, 'contact', {
  to: () => Contact,
  many: false,
  match: { id: 'contactId' },
  description: 'The person.',
});

relate(Recruiter, 'reminders', {
  to: () => Reminder,
  match: { subjectId: 'id' },
  where: { subjectType: 'recruiter', state: 'active' },
  order: 'dueAt',
  first: 10,
  description: 'The active reminders about them, soonest first.',
});

relate(Contact, 'recruiter', {
  to: () => Recruiter,
  many: false,
  match: { contactId: 'id' },
  description: 'Their recruiter record, if they are a recruiter.',
});
