import { declareReference } from '../../platform/contract/references.js';
import { relate } from '../../platform/contract/relations.js';
import { Contact } from './contact.entity.js';
import { ImportRow } from './imports/import-row.entity.js';
import { Import } from './imports/import.entity.js';
import { Interaction } from './interactions/interaction.entity.js';
import { staysHome, travels } from '../../platform/contract/transfers.js';

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

declareReference({
  table: 'interaction_contacts',
  column: 'contact_id',
  to: () => Contact,
  key: ['interaction_id'],
  moves: { once: [] },
  shownBy: { table: 'interactions', id: 'interaction_id' },
});

declareReference({ table: 'import_rows', column: 'contact_id', to: () => Contact, moves: 'always' });

/** Of two that a source told of, it is compared with what it said of the one that is kept. */
declareReference({
  table: 'imported_contacts',
  column: 'contact_id',
  to: () => Contact,
  key: ['source'],
  moves: { unless: ['source'] },
});

for (const [table, column] of [
  ['contacts', 'merged_into_id'],
  ['contact_merges', 'contact_id'],
  ['contact_merges', 'merged_id'],
] as const)
  declareReference({ table, column, to: () => Contact, moves: { stays: 'It says who was merged into whom.' } });

travels('interaction_contacts', 'interactionContact');
travels('moved_rows', 'movedRow');
travels('contact_dismissals', 'contactDismissal');
staysHome('How far the worker of this installation is with telephone numbers.', 'phone_readings');
staysHome('What the database derives from each contact as it is written.', 'contact_keys');
