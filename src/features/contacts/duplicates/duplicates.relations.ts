import { declareReference } from '../../../platform/contract/references.js';
import { Contact } from '../contact.entity.js';

declareReference({
  table: 'contact_keys',
  column: 'contact_id',
  to: () => Contact,
  moves: { stays: 'The database derives them from the contact itself, and one in the trash has none.' },
});

for (const column of ['first_contact_id', 'second_contact_id'])
  declareReference({
    table: 'contact_dismissals',
    column,
    to: () => Contact,
    moves: { stays: 'It is said of these two; the one that is left may be whom the other was compared with.' },
  });
