import { belongs } from '../../platform/contract/belongings.js';
import { Circle } from './circles/circle.entity.js';
import { Contact } from './contact.entity.js';

const theirs = 't.contact_id = any($2::uuid[])';

belongs(Contact, {
  name: 'employments',
  table: 'employments',
  about: theirs,
  then: 'deletedWithIt',
  known: 'byEvents',
});
belongs(Contact, { name: 'favours', table: 'favours', about: theirs, then: 'deletedWithIt', known: 'byEvents' });
belongs(Contact, {
  name: 'memberships',
  table: 'memberships',
  about: theirs,
  then: 'deletedWithIt',
  known: 'byEvents',
});
belongs(Contact, { name: 'importedContacts', table: 'imported_contacts', about: theirs, then: 'deletedWithIt' });

/** An interaction with others too stays theirs. */
belongs(Contact, {
  name: 'interactions',
  table: 'interactions',
  about:
    't.id in (select l.interaction_id from interaction_contacts l where l.account_id = $1 and l.contact_id = any($2::uuid[]))',
  then: 'deleted',
  known: 'byEvents',
  only: 'not exists (select from interaction_contacts l where l.account_id = $1 and l.interaction_id = t.id and l.contact_id <> all($2::uuid[]))',
});

belongs(Contact, {
  name: 'encounters',
  table: 'encounters',
  about:
    't.id in (select l.encounter_id from encounter_contacts l where l.account_id = $1 and l.contact_id = any($2::uuid[]))',
  then: {
    set: `people = (select coalesce(jsonb_agg(p order by n), '[]') from jsonb_array_elements(t.people) with ordinality x(p, n)
      where (p ->> 'contactId')::uuid <> all($2::uuid[])), version = t.version + 1`,
  },
});

belongs(Contact, {
  name: 'importRows',
  table: 'import_rows',
  about: `(${theirs} or t.name in (select c.name from contacts c where c.account_id = $1 and c.id = any($2::uuid[])))`,
  then: { set: `name = null, record = null, problems = '{}', contact_id = null` },
});

belongs(Contact, {
  name: 'externalIds',
  table: 'external_ids',
  about: `t.resource = 'contact' and t.resource_id = any($2::uuid[])`,
  then: 'deleted',
});

/** Their rings go with them. */
belongs(Contact, {
  name: 'reminders',
  table: 'reminders',
  about: `t.subject_type = 'contact' and t.subject_id = any($2::uuid[])`,
  then: 'deleted',
  known: 'byTexts',
});

belongs(Contact, {
  name: 'occurrences',
  table: 'occurrences',
  about: `t.subject_type = 'contact' and t.subject_id = any($2::uuid[])`,
  then: 'deletedWithIt',
  known: 'byEvents',
});

belongs(Circle, {
  name: 'encounters',
  table: 'encounters',
  about: 't.circle_id = any($2::uuid[])',
  then: { set: 'circle_id = null, version = t.version + 1' },
});

belongs(Circle, {
  name: 'externalIds',
  table: 'external_ids',
  about: `t.resource = 'circle' and t.resource_id = any($2::uuid[])`,
  then: 'deleted',
});
