import { declareReference } from '../../../platform/contract/references.js';
import { relate } from '../../../platform/contract/relations.js';
import { Circle } from '../circles/circle.entity.js';
import { Contact } from '../contact.entity.js';
import { Encounter } from './encounter.entity.js';
import { travels } from '../../../platform/contract/transfers.js';

relate(Encounter, 'contacts', {
  to: () => Contact,
  through: {
    table: 'encounter_contacts',
    source: 'encounter_id',
    target: 'contact_id',
    mirrors: { id: 'contact_id' },
  },
  order: 'id',
  first: 20,
  description: 'The contacts who were there.',
});

relate(Contact, 'encounters', {
  to: () => Encounter,
  through: {
    table: 'encounter_contacts',
    source: 'contact_id',
    target: 'encounter_id',
    mirrors: { occurredOn: 'occurred_on', id: 'encounter_id' },
  },
  order: '-occurredOn',
  first: 5,
  description: 'Where you met them, the last time first.',
});

relate(Encounter, 'circle', {
  to: () => Circle,
  many: false,
  match: { id: 'circleId' },
  description: 'The circle that it belongs to; null while it is in the trash.',
});

relate(Circle, 'encounters', {
  to: () => Encounter,
  match: { circleId: 'id' },
  order: '-occurredOn',
  first: 5,
  description: 'The encounters that belong to it, the last one first.',
});

relate(Encounter, 'met', {
  to: () => Contact,
  match: { encounterId: 'id' },
  order: 'id',
  first: 20,
  description: 'The contacts whom you met there first, as they say in `encounterId`.',
});

relate(Contact, 'metAt', {
  to: () => Encounter,
  many: false,
  match: { id: 'encounterId' },
  description: 'The encounter at which you met.',
});

relate(Contact, 'metThrough', {
  to: () => Contact,
  many: false,
  match: { id: 'metThroughId' },
  description: 'The contact through whom you met; null while that one is in the trash.',
});

relate(Contact, 'introduced', {
  to: () => Contact,
  match: { metThroughId: 'id' },
  order: 'id',
  first: 10,
  description: 'The contacts whom you met through this one.',
});

declareReference({
  table: 'encounter_contacts',
  column: 'contact_id',
  to: () => Contact,
  key: ['encounter_id'],
  moves: { once: ['follow_up_at', 'follow_up_thanks'] },
});

declareReference({
  table: 'encounters',
  column: 'people',
  to: () => Contact,
  moves: { listed: 'contactId', found: { table: 'encounter_contacts', at: 'contact_id', row: 'encounter_id' } },
});

declareReference({ table: 'contacts', column: 'met_through_id', to: () => Contact, moves: 'always' });

travels('encounter_contacts', 'encounterContact');
