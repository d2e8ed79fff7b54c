import { belongs } from '../../platform/contract/belongings.js';
import { Contact } from '../contacts/contact.entity.js';

const roles = 'select r.id from recruiters r where r.account_id = $1 and r.contact_id = any($2::uuid[])';

belongs(Contact, {
  name: 'recruiters',
  table: 'recruiters',
  about: 't.contact_id = any($2::uuid[])',
  then: 'deleted',
  known: 'byTexts',
});

belongs(Contact, {
  name: 'recruiterExternalIds',
  table: 'external_ids',
  about: `t.resource = 'recruiter' and t.resource_id in (${roles})`,
  then: 'deleted',
});

belongs(Contact, {
  name: 'recruiterReminders',
  table: 'reminders',
  about: `t.subject_type = 'recruiter' and t.subject_id in (${roles})`,
  then: 'deleted',
  known: 'byTexts',
});
