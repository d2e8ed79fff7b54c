import { relate } from '../../platform/contract/relations.js';
import { Contact } from '../contacts/contact.entity.js';
import { Recruiter } from './recruiter.entity.js';

relate(Recruiter, 'contact', {
  to: () => Contact,
  many: false,
  match: { id: 'contactId' },
  description: 'The person.',
});

relate(Contact, 'recruiter', {
  to: () => Recruiter,
  many: false,
  match: { contactId: 'id' },
  description: 'Their recruiter record, if they are a recruiter.',
});
