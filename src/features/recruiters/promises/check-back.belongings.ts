import { belongs } from '../../../platform/contract/belongings.js';
import { Contact } from '../../contacts/contact.entity.js';

const theirs = `(select c.id from check_backs c join recruiters r on r.account_id = $1 and r.id = c.recruiter_id
  where c.account_id = $1 and r.contact_id = any($2::uuid[]))`;

belongs(Contact, {
  name: 'checkBacks',
  table: 'check_backs',
  about: `t.id in ${theirs}`,
  then: 'deletedWithIt',
  known: 'byTexts',
});

belongs(Contact, {
  name: 'checkBackReminders',
  table: 'reminders',
  about: `t.subject_type = 'checkBack' and t.subject_id in ${theirs}`,
  then: 'deleted',
  known: 'byTexts',
});
