import { declareReference } from '../../platform/contract/references.js';
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

declareReference({
  table: 'recruiters',
  column: 'contact_id',
  to: () => Contact,
  moves: { alone: 'Both are recruiters: delete one of the two recruiters first. Its contact stays.' },
});
