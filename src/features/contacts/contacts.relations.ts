import { relate } from '../../platform/contract/relations.js';
import { Contact } from './contact.entity.js';
import { ImportRow } from './imports/import-row.entity.js';
import { Import } from './imports/import.entity.js';
import { Interaction } from './interactions/interaction.entity.js';

relate(Contact, 'interactions', {
  to: () => Interaction,
  through: {
    table: 'interaction_contacts',
    source: 'contact_id',
    target: 'interaction_id',
    mirrors: { occurredAt: 'occurred_at', id: 'interaction_id' },
  },
  order: '-occurredAt',
  first: 3,
  description: 'The interactions with them, newest first.',
});

relate(Interaction, 'contacts', {
  to: () => Contact,
  through: {
    table: 'interaction_contacts',
    source: 'interaction_id',
    target: 'contact_id',
    mirrors: { id: 'contact_id' },
  },
  order: 'id',
  first: 10,
  description: 'The people it was with.',
});

relate(Import, 'rows', {
  to: () => ImportRow,
  match: { importId: 'id' },
  order: 'id',
  first: 10,
  description: 'The rows of the file, in its order: what became of each.',
});
