import { declareReference } from '../../../platform/contract/references.js';
import { relate } from '../../../platform/contract/relations.js';
import { Contact } from '../contact.entity.js';
import { Favour } from './favour.entity.js';

relate(Contact, 'favours', {
  to: () => Favour,
  match: { contactId: 'id' },
  order: '-occurredOn',
  first: 10,
  description: 'The favours given, asked for and received, the last first.',
});

relate(Favour, 'contact', {
  to: () => Contact,
  many: false,
  match: { id: 'contactId' },
  description: 'The person; null while the contact is in the trash.',
});

declareReference({ table: 'favours', column: 'contact_id', to: () => Contact, moves: 'always' });
