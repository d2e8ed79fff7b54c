import { declareReference } from '../../../platform/contract/references.js';
import { relate } from '../../../platform/contract/relations.js';
import { Contact } from '../../contacts/contact.entity.js';
import { Recruiter } from '../recruiter.entity.js';
import { Message } from './message.entity.js';

const newest = { to: () => Message, order: '-receivedAt', first: 10 } as const;

relate(Message, 'contact', {
  to: () => Contact,
  many: false,
  match: { id: 'contactId' },
  description: 'The contact who sent it; null while the contact is in the trash.',
});

relate(Message, 'recruiter', {
  to: () => Recruiter,
  many: false,
  match: { contactId: 'contactId' },
  description: 'The recruiter whom that contact is.',
});

relate(Contact, 'messages', {
  ...newest,
  match: { contactId: 'id' },
  description: 'The messages they sent, the last first.',
});

relate(Recruiter, 'messages', {
  ...newest,
  match: { contactId: 'contactId' },
  description: 'The messages they sent, the last first.',
});

declareReference({ table: 'messages', column: 'contact_id', to: () => Contact, moves: 'always' });
