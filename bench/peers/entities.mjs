import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { decorateClass, decorateProperties } from './decorated.mjs';

/** The tables as ordinary TypeORM entities. Columns that never leave are not selected, which spares a serializer. */
export class Contact {}
export class Interaction {}
export class InteractionContact {}
export class Reminder {}

const column = (type, name, options = {}) => Column({ type, name, ...options });
const text = (name) => column('text', name, { nullable: true });
const texts = (name) => column('text', name, { array: true });
const hidden = (type, name) => column(type, name, { select: false, nullable: true });

decorateProperties(Contact, {
  id: PrimaryColumn('uuid'),
  accountId: hidden('uuid', 'account_id'),
  deletedAt: hidden('timestamptz', 'deleted_at'),
  createdAt: column('timestamptz', 'created_at'),
  updatedAt: column('timestamptz', 'updated_at'),
  version: column('integer', 'version'),
  name: text('name'),
  givenName: text('given_name'),
  familyName: text('family_name'),
  pronouns: text('pronouns'),
  emails: texts('emails'),
  phones: texts('phones'),
  links: column('jsonb', 'links'),
  company: text('company'),
  title: text('title'),
  location: text('location'),
  timeZone: text('time_zone'),
  birthday: text('birthday'),
  relation: text('relation'),
  howWeMet: text('how_we_met'),
  metOn: column('date', 'met_on', { nullable: true }),
  tags: texts('tags'),
  notes: text('notes'),
  custom: column('jsonb', 'custom'),
  favourite: column('boolean', 'favourite'),
  archived: column('boolean', 'archived'),
  doNotContact: column('boolean', 'do_not_contact'),
  tier: text('tier'),
  keepInTouchEvery: text('keep_in_touch_every'),
  lastTouchAt: column('timestamptz', 'last_touch_at', { nullable: true }),
  nextTouchAt: column('timestamptz', 'next_touch_at', { nullable: true }),
});
decorateClass(Contact, [Entity('contacts')]);

decorateProperties(Interaction, {
  id: PrimaryColumn('uuid'),
  occurredAt: column('timestamptz', 'occurred_at'),
  channel: text('channel'),
  summary: text('summary'),
});
decorateClass(Interaction, [Entity('interactions')]);

decorateProperties(InteractionContact, {
  interactionId: PrimaryColumn('uuid', { name: 'interaction_id' }),
  contactId: PrimaryColumn('uuid', { name: 'contact_id' }),
  accountId: hidden('uuid', 'account_id'),
  occurredAt: column('timestamptz', 'occurred_at'),
  interaction: [ManyToOne(() => Interaction), JoinColumn({ name: 'interaction_id' })],
});
decorateClass(InteractionContact, [Entity('interaction_contacts')]);

decorateProperties(Reminder, {
  id: PrimaryColumn('uuid'),
  accountId: hidden('uuid', 'account_id'),
  subjectType: text('subject_type'),
  subjectId: column('uuid', 'subject_id', { nullable: true }),
  title: text('title'),
  dueAt: column('timestamptz', 'due_at'),
  state: text('state'),
});
decorateClass(Reminder, [Entity('reminders')]);

export const entities = [Contact, Interaction, InteractionContact, Reminder];

/** TypeORM's settings, the same for every peer that uses it; its pool holds ten connections, as everybody's here. */
export const connection = { type: 'postgres', url: process.env.DATABASE_URL, entities, poolSize: 10 };
