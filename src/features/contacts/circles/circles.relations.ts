import { declareReference } from '../../../platform/contract/references.js';
import { relate } from '../../../platform/contract/relations.js';
import { Contact } from '../contact.entity.js';
import { Circle } from './circle.entity.js';
import { Membership } from './membership.entity.js';

relate(Circle, 'members', {
  to: () => Membership,
  match: { circleId: 'id' },
  order: 'id',
  first: 20,
  description: 'Who is in it, and what they are called there, those who were added first.',
});

relate(Circle, 'contacts', {
  to: () => Contact,
  through: { table: 'memberships', source: 'circle_id', target: 'contact_id', mirrors: { id: 'contact_id' } },
  order: 'id',
  first: 20,
  description: 'The people in it.',
});

relate(Contact, 'circles', {
  to: () => Circle,
  through: { table: 'memberships', source: 'contact_id', target: 'circle_id', mirrors: { id: 'circle_id' } },
  order: 'id',
  first: 10,
  description: 'The circles that they are in.',
});

relate(Contact, 'memberships', {
  to: () => Membership,
  match: { contactId: 'id' },
  order: 'id',
  first: 10,
  description: 'What they are in their circles, and what they are called there.',
});

relate(Membership, 'circle', {
  to: () => Circle,
  many: false,
  match: { id: 'circleId' },
  description: 'The circle; null while it is in the trash.',
});

relate(Membership, 'contact', {
  to: () => Contact,
  many: false,
  match: { id: 'contactId' },
  description: 'The person; null while the contact is in the trash.',
});

declareReference({
  table: 'memberships',
  column: 'contact_id',
  to: () => Contact,
  moves: { unless: ['circle_id'] },
});
