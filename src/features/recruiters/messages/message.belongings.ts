import { belongs } from '../../../platform/contract/belongings.js';
import { Contact } from '../../contacts/contact.entity.js';

const keys = `array(select k from contacts c, unnest(contact_keys(c.name, c.emails, c.phone_keys, c.links, c.company_key)) k
  where c.account_id = $1 and c.id = any($2::uuid[]))`;

/** What they wrote before anybody knew them, too. */
belongs(Contact, {
  name: 'messages',
  table: 'messages',
  about: `(t.contact_id = any($2::uuid[]) or t.contact_id is null and t.sender_keys && ${keys})`,
  then: 'deleted',
  known: 'byTexts',
});
