import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { inserted, merged, removed, restored, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { Clock } from '../../platform/clock/clock.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { KeeperService } from '../reminders/keeper.service.js';
import { Kinds } from '../reminders/kinds.service.js';
import { nextTouch } from './cadence.js';
import type { NextTouch } from './cadence.js';
import { Contact } from './contact.entity.js';
import { contactEvents } from './contact.events.js';
import type { CreateContactInput, UpdateContactInput } from './contact.inputs.js';

/** Only the name is required; the table has defaults for the rest. */
type NewContact = Pick<CreateContactInput, 'name'> & Partial<CreateContactInput>;
type WholeContact = NewContact & { readonly id: string; readonly nextTouchAt: Date | null };

export const KEEP_IN_TOUCH = 'keep_in_touch';

/** Contacts, and when their next touch is due. */
@Injectable()
export class ContactsService extends ResourceService<CreateContactInput, UpdateContactInput> implements OnModuleInit {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly keeper: KeeperService,
    private readonly kinds: Kinds,
    private readonly wakeups: Wakeups,
  ) {
    super(database, Contact, contactEvents);
  }

  onModuleInit(): void {
    this.kinds.allowSubject('contact', Contact);
  }

  override async create(actor: Actor, input: CreateContactInput, view: ObjectView): Promise<JsonText> {
    const { values, next } = this.newContact(actor, input);
    if (!next) return (await this.database.apply(actor, inserted(Contact, values, contactEvents.created), view)).json;
    const made = await this.database.write(actor, async (tx) => {
      await this.insert(tx, values, next);
      return tx.one(Contact, values.id, view);
    });
    this.wakeups.signal('reminders', actor);
    return made;
  }

  /** Creates a contact inside the transaction of another feature. */
  async createIn(tx: Tx, input: NewContact): Promise<string> {
    const { values, next } = this.newContact(tx.actor, input);
    await this.insert(tx, values, next);
    return values.id;
  }

  override async update(actor: Actor, id: string, input: UpdateContactInput, view: ObjectView): Promise<JsonText> {
    const changed = await this.database.write(actor, async (tx) => {
      const contact = await tx.find(Contact, id);
      const after = merged(contact, input);
      const next = nextTouch(after, actor.calendar);
      const values = { ...input, nextTouchAt: next?.dueAt ?? null };
      const applied = await tx.apply(updated(Contact, id, values, contactEvents.updated));
      if (applied.changed) await this.keepInTouch(tx, after, next);
      return tx.one(Contact, id, view);
    });
    this.wakeups.signal('reminders', actor);
    return changed;
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.find(Contact, id);
      await this.keeper.drop(tx, KEEP_IN_TOUCH, id);
      return (await tx.apply(removed(Contact, id, contactEvents.deleted))).json;
    });
  }

  override async restore(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    const back = await this.database.write(actor, async (tx) => {
      await tx.apply(restored(Contact, id, contactEvents.restored));
      const contact = await tx.find(Contact, id);
      await this.keepInTouch(tx, contact, nextTouch(contact, actor.calendar));
      return tx.one(Contact, id, view);
    });
    this.wakeups.signal('reminders', actor);
    return back;
  }

  /** The row of a new contact, with its next touch. */
  private newContact(actor: Actor, input: NewContact): { values: WholeContact; next: NextTouch | null } {
    const { keepInTouchEvery = null, tier = null, archived = false, doNotContact = false, metOn = null } = input;
    const touched = {
      keepInTouchEvery,
      tier,
      archived,
      doNotContact,
      metOn,
      lastTouchAt: null,
      createdAt: this.clock.now(),
    };
    const next = nextTouch(touched, actor.calendar);
    return { values: { ...input, id: newId(), nextTouchAt: next?.dueAt ?? null }, next };
  }

  private async insert(tx: Tx, values: WholeContact, next: NextTouch | null): Promise<void> {
    await tx.apply(inserted(Contact, values, contactEvents.created));
    await this.keepInTouch(tx, values, next);
  }

  /** Keeps the reminder in step with the date of the next touch: creates, moves or deletes it. */
  async keepInTouch(tx: Tx, { id, name }: Pick<Contact, 'id' | 'name'>, next: NextTouch | null): Promise<void> {
    if (!next) return this.keeper.drop(tx, KEEP_IN_TOUCH, id);
    const about = { kind: KEEP_IN_TOUCH, subjectType: 'contact', subjectId: id, title: keepInTouchTitle(name) };
    await this.keeper.keep(tx, { ...about, ...next });
  }
}

export function keepInTouchTitle(name: string): string {
  return `Keep in touch with ${name}`.slice(0, 200);
}
