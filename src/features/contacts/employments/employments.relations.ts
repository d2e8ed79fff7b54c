import { declareReference } from '../../../platform/contract/references.js';
import { relate } from '../../../platform/contract/relations.js';
import { Contact } from '../contact.entity.js';
import { Employment } from './employment.entity.js';

relate(Contact, 'employments', {
  to: () => Employment,
  match: { contactId: 'id' },
  order: '-startedOn',
  first: 10,
  description: 'The jobs that they have and had, those that began last first.',
});

relate(Employment, 'contact', {
  to: () => Contact,
  many: false,
  match: { id: 'contactId' },
  description: 'The person; null for a job of your own, and while the contact is in the trash.',
});

declareReference({ table: 'employments', column: 'contact_id', to: () => Contact, moves: 'always' });
