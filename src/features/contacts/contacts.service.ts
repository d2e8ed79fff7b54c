import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { inserted, merged, removed, restored, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import type { EventType } from '../../platform/contract/catalogue.js';
import { Problem } from '../../platform/errors/problem.js';
import { Clock } from '../../platform/clock/clock.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { KeeperService } from '../reminders/keeping/keeper.service.js';
import { isReachable, nextTouch, rhythmOf } from './cadence.js';
import type { NextTouch } from './cadence.js';
import { Contact } from './contact.entity.js';
import { contactEvents } from './contact.events.js';
import { lastTouch } from './contacts.sql.js';
import { KEEP_IN_TOUCH, keepInTouchTitle } from './contact.kinds.js';
import type { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { Encounter } from './encounters/encounter.entity.js';
import { isElsewhere, isOtherRole } from './job.js';
import { dayOf, isLinked, meetingOf } from './meeting.js';
import { newContact } from './new-contact.js';
import type { NewContact, WholeContact } from './new-contact.js';
import { refuseGone, refuseMerged } from './merging/gone.js';
import { whereabouts } from './merging/merging.sql.js';
import type { Whereabouts } from './merging/merging.sql.js';

type Changes = UpdateContactInput & Partial<Pick<Contact, 'metOnFollows' | 'touchWaivedAt'>>;

/** What a feature above does when a contact is deleted or restored. */
type PresenceChanged = (tx: Tx, id: string, there: boolean) => Promise<void>;

/** What it does when a contact is renamed, archived, not to be contacted any more, or the reverse. */
type ReachChanged = (tx: Tx, id: string) => Promise<void>;

/** What it does when a contact has another job. */
type JobChanged = (tx: Tx, before: Contact, after: Contact) => Promise<void>;

/** Contacts, and when their next touch is due. */
@Injectable()
export class ContactsService extends ResourceService<CreateContactInput, UpdateContactInput> {
  private readonly present: PresenceChanged[] = [];
  private readonly reached: ReachChanged[] = [];
  private readonly moved: JobChanged[] = [];

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly keeper: KeeperService,
  ) {
    super(database, Contact, contactEvents);
  }

  /** What hangs on a contact goes with it and comes back with it, in the same transaction, by whoever keeps it. */
  whenPresenceChanges(changed: PresenceChanged): void {
    this.present.push(changed);
  }

  /** What reminds of a contact by name follows it in the same transaction. */
  whenReachChanges(changed: ReachChanged): void {
    this.reached.push(changed);
  }

  /** What knows where contacts worked learns of another job in the same transaction. */
  whenJobChanges(changed: JobChanged): void {
    this.moved.push(changed);
  }

  override async create(actor: Actor, input: CreateContactInput, view: ObjectView): Promise<JsonText> {
    if (isLinked(input))
      return this.database.write(actor, async (tx) => tx.one(Contact, await this.createIn(tx, input), view));
    const { values, next } = newContact(input, actor.calendar, this.clock.now());
    if (!next) return (await this.database.apply(actor, inserted(Contact, values, contactEvents.created), view)).json;
    return this.database.write(actor, async (tx) => {
      await this.insert(tx, values, next);
      return tx.one(Contact, values.id, view);
    });
  }

  /** Creates a contact inside the transaction of another feature. */
  async createIn(tx: Tx, input: NewContact, id = newId()): Promise<string> {
    const met = await meetingOf(tx, null, input);
    const { values, next } = newContact({ ...input, ...met }, tx.actor.calendar, this.clock.now(), id);
    await this.insert(tx, values, next);
    return values.id;
  }

  override async update(actor: Actor, id: string, input: UpdateContactInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await this.updateIn(tx, id, input);
      return tx.one(Contact, id, view);
    });
  }

  /**
   * Changes a contact inside a transaction, with its next touch and its reminder. Another company is another job; with `roles` another
   * title is one too, because it comes from a profile, while people edit titles also to correct them.
   */
  async updateIn(tx: Tx, id: string, input: UpdateContactInput, { roles = false } = {}): Promise<void> {
    const contact = await tx.find(Contact, id);
    await this.change(tx, contact, { ...input, ...(await meetingOf(tx, contact, input)) }, roles);
  }

  private async change(tx: Tx, contact: Contact, changes: Changes, roles = false): Promise<void> {
    const after = merged(contact, changes);
    const isOtherJob = isElsewhere(contact, after) || (roles && isOtherRole(contact, after));
    const event = isOtherJob ? contactEvents.jobChanged : contactEvents.updated;
    const next = nextTouch(after, tx.actor.calendar);
    const values = { ...changes, ...rhythmOf(next) };
    const applied = await tx.apply(updated(Contact, contact.id, values, event));
    if (!applied.changed) return;
    await this.keepInTouch(tx, after, next);
    const same = isReachable(contact) === isReachable(after) && contact.name === after.name;
    for (const changed of same ? [] : this.reached) await changed(tx, contact.id);
    for (const changed of isOtherJob ? this.moved : []) await changed(tx, contact, after);
  }

  /** The day of an encounter moved: so does that of meeting whoever was met there, and with it the next touch. */
  async moveMeetings(tx: Tx, encounter: Pick<Encounter, 'id' | 'occurredOn'>): Promise<void> {
    const met = await tx.select(Contact, { encounterId: encounter.id, metOnFollows: true });
    for (const contact of met) await this.change(tx, contact, dayOf(encounter));
  }

  /** An encounter is deleted: whoever was met there keeps the day. */
  async keepMeetings(tx: Tx, encounterId: string): Promise<void> {
    const kept = { encounterId: null, metOnFollows: false };
    for (const contact of await tx.select(Contact, { encounterId })) await this.change(tx, contact, kept);
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, (tx) => this.removeIn(tx, id));
  }

  /** Deletes a contact inside a transaction, with what hangs on it. */
  async removeIn(tx: Tx, id: string): Promise<JsonText> {
    await tx.find(Contact, id);
    await this.keeper.drop(tx, KEEP_IN_TOUCH, id);
    for (const changed of this.present) await changed(tx, id, false);
    return (await tx.apply(removed(Contact, id, contactEvents.deleted))).json;
  }

  override async restore(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      refuseMerged(id, await tx.run<Whereabouts>(whereabouts(actor.accountId, id)));
      await this.restoreIn(tx, id);
      return tx.one(Contact, id, view);
    });
  }

  /** Restores a contact inside a transaction, with what hangs on it. */
  async restoreIn(tx: Tx, id: string): Promise<void> {
    await tx.apply(restored(Contact, id, contactEvents.restored));
    await this.meetAgain(tx, id);
    await this.touch(tx, id);
    for (const changed of this.present) await changed(tx, id, true);
  }

  /** Who was merged is not there, and the refusal says where to look instead. */
  override async one(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return super.one(actor, id, view).catch(async (error: unknown) => {
      if (error instanceof Problem && error.code === 'not_found')
        refuseGone(id, await this.database.read<Whereabouts>(actor, whereabouts(actor.accountId, id)));
      throw error;
    });
  }

  /** What another contact brought or took with it, told in one event that names it: fields, touches that are logged already, and what hangs on them. */
  async settle(tx: Tx, contact: Contact, values: Changes, event: EventType, mergedContactId: string): Promise<void> {
    const lastTouchAt = await this.lastTouchOf(tx, contact.id);
    const after = { ...merged(contact, values), lastTouchAt };
    const next = nextTouch(after, tx.actor.calendar);
    const written = { ...values, lastTouchAt, ...rhythmOf(next) };
    await tx.apply(updated(Contact, contact.id, written, event, { mergedContactId }));
    await this.keepInTouch(tx, after, next, { touched: isLater(lastTouchAt, contact.lastTouchAt) });
    for (const changed of this.present) await changed(tx, contact.id, true);
  }

  /** The day of the encounter may have moved while the contact was in the trash. */
  async meetAgain(tx: Tx, id: string): Promise<void> {
    const contact = await tx.find(Contact, id);
    if (!contact.metOnFollows || contact.encounterId === null) return;
    await this.change(tx, contact, dayOf(await tx.find(Encounter, contact.encounterId)));
  }

  private async insert(tx: Tx, values: WholeContact, next: NextTouch | null): Promise<void> {
    await tx.apply(inserted(Contact, values, contactEvents.created));
    await this.keepInTouch(tx, values, next);
  }

  /** Keeps the reminder in step with the date of the next touch: creates, moves or deletes it. */
  async keepInTouch(
    tx: Tx,
    { id, name }: Pick<Contact, 'id' | 'name'>,
    next: NextTouch | null,
    { touched = false }: { readonly touched?: boolean } = {},
  ): Promise<void> {
    if (!next) return this.keeper.drop(tx, KEEP_IN_TOUCH, id);
    await this.keeper.keep(tx, KEEP_IN_TOUCH, id, { title: keepInTouchTitle(name), answers: touched, ...next });
  }

  /** Derives the last and the next touch again, from what is logged. */
  async touch(tx: Tx, id: string): Promise<void> {
    const [contact] = await tx.select(Contact, { id });
    if (!contact) return;
    const lastTouchAt = await this.lastTouchOf(tx, id);
    const next = nextTouch({ ...contact, lastTouchAt }, tx.actor.calendar);
    const values = { lastTouchAt, ...rhythmOf(next) };
    await tx.apply(updated(Contact, id, values, contactEvents.updated));
    await this.keepInTouch(tx, contact, next, { touched: isLater(lastTouchAt, contact.lastTouchAt) });
  }

  private async lastTouchOf(tx: Tx, id: string): Promise<Date | null> {
    const [row] = await tx.run<{ lastTouchAt: Date | null }>(lastTouch(tx.actor.accountId, id, this.clock.now()));
    return row?.lastTouchAt ?? null;
  }

  /** Derives them again where they, or the reminder, may be broken. A contact that is gone has no reminder. */
  async mend(tx: Tx, id: string): Promise<void> {
    await this.touch(tx, id);
    const [contact] = await tx.select(Contact, { id });
    const next = contact ? nextTouch(contact, tx.actor.calendar) : null;
    const plan = contact && next ? { title: keepInTouchTitle(contact.name), ...next } : null;
    await this.keeper.mend(tx, KEEP_IN_TOUCH, id, plan);
  }

  /** After an answer of its ring: the next one is ahead, even when two answers were given within a millisecond. */
  async renew(tx: Tx, id: string): Promise<void> {
    const [contact] = await tx.select(Contact, { id });
    const next = contact ? nextTouch(contact, tx.actor.calendar) : null;
    if (contact && next)
      await this.keeper.renew(tx, KEEP_IN_TOUCH, id, { title: keepInTouchTitle(contact.name), ...next });
  }

  /** "Not this time": counted from now on, without a touch. */
  async waive(tx: Tx, id: string): Promise<void> {
    const [contact] = await tx.select(Contact, { id });
    if (!contact) return;
    const touchWaivedAt = this.clock.now();
    const next = nextTouch({ ...contact, touchWaivedAt }, tx.actor.calendar);
    const values = { touchWaivedAt, ...rhythmOf(next) };
    await tx.apply(updated(Contact, id, values, contactEvents.updated));
    await this.keepInTouch(tx, contact, next);
  }
}

function isLater(a: Date | null, b: Date | null): boolean {
  return a !== null && (b === null || a > b);
}
