import { declareReference } from '../../../platform/contract/references.js';
import { relate } from '../../../platform/contract/relations.js';
import { staysHome } from '../../../platform/contract/transfers.js';
import { Contact } from '../contact.entity.js';
import { Tag } from './tag.entity.js';

relate(Tag, 'contacts', {
  to: () => Contact,
  through: { table: 'contact_tags', source: 'tag_id', target: 'contact_id', mirrors: { id: 'contact_id' } },
  order: 'id',
  first: 20,
  description: 'The contacts that carry it.',
});

declareReference({
  table: 'contact_tags',
  column: 'contact_id',
  to: () => Contact,
  moves: { stays: 'The database derives them from the tags of the contact itself.' },
});

declareReference({
  table: 'contact_tags',
  column: 'tag_id',
  to: () => Tag,
  moves: { stays: 'The database derives them from the tags of the contact itself.' },
});

staysHome('What the database derives from the tags of each contact.', 'tags', 'contact_tags');
