import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { inserted, insertedAll, merged, removed, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ResourceService } from '../../../platform/resources/resource-service.js';
import { KeeperService } from '../../reminders/keeping/keeper.service.js';
import type { Plan } from '../../reminders/keeping/keeper.service.js';
import { Contact } from '../contact.entity.js';
import { ContactsService } from '../contacts.service.js';
import { linkAll, linkContacts, linkedContacts, unlinkContacts } from '../contacts.sql.js';
import { Interaction } from './interaction.entity.js';
import { interactionEvents } from './interaction.events.js';
import { TOUCH_AHEAD } from './interaction.kinds.js';
import type { CreateInteractionInput, UpdateInteractionInput } from './interaction.inputs.js';

/** An interaction with everything that is written of it. */
type LoggedInteraction = Pick<
  Interaction,
  'id' | 'contactIds' | 'occurredAt' | 'channel' | 'direction' | 'summary' | 'countsAsTouch'
>;

type Dated = Pick<Interaction, 'id' | 'occurredAt' | 'countsAsTouch'>;

/** Interactions. Logging, editing or deleting one moves the next touch in the same transaction. */
@Injectable()
export class InteractionsService extends ResourceService<CreateInteractionInput, UpdateInteractionInput> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly keeper: KeeperService,
  ) {
    super(database, Interaction, interactionEvents);
  }

  override async create(actor: Actor, input: CreateInteractionInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => tx.one(Interaction, await this.logIn(tx, input), view));
  }

  override async update(actor: Actor, id: string, input: UpdateInteractionInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const before = await tx.find(Interaction, id);
      const linked = await this.linked(tx, id);
      const { contactIds = linked, ...values } = input;
      const after = merged(before, values);
      await this.relink(tx, id, linked, contactIds, after);
      const others = contactIds.some((one) => !linked.includes(one)) || linked.some((one) => !contactIds.includes(one));
      const beside = others ? { contactIds: [...linked].sort() } : undefined;
      await tx.apply(updated(Interaction, id, values, interactionEvents.updated, beside));
      await this.touch(tx, [...linked, ...contactIds]);
      if ('occurredAt' in values || 'countsAsTouch' in values) await this.waitFor(tx, after);
      return tx.one(Interaction, id, view);
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, (tx) => this.removeIn(tx, id));
  }

  /** Deletes an interaction inside a transaction. */
  async removeIn(tx: Tx, id: string): Promise<JsonText> {
    await tx.find(Interaction, id);
    const linked = await this.linked(tx, id);
    await this.lock(tx, linked);
    const gone = await tx.apply(removed(Interaction, id, interactionEvents.deleted));
    await this.touch(tx, linked);
    // Its time may have passed while no worker ran.
    await this.keeper.drop(tx, TOUCH_AHEAD, id);
    return gone.json;
  }

  /** Inside another transaction: completing a ring logs the touch. */
  async logIn(tx: Tx, input: CreateInteractionInput): Promise<string> {
    const { contactIds, ...values } = input;
    const id = newId();
    const occurredAt = values.occurredAt ?? this.clock.now();
    await this.lockAll(tx, contactIds);
    await tx.run(
      linkContacts(tx.actor.accountId, id, [...new Set(contactIds)], occurredAt, values.countsAsTouch ?? true),
    );
    await tx.apply(inserted(Interaction, { ...values, id, occurredAt }, interactionEvents.created));
    await this.touch(tx, contactIds);
    const logged = { id, occurredAt, countsAsTouch: values.countsAsTouch ?? true };
    if (this.isAhead(logged)) await this.waitFor(tx, logged);
    return id;
  }

  /** Many of the past at once, with contacts that the caller has locked: two statements, and one touch of each contact. */
  async logAllIn(tx: Tx, logged: readonly LoggedInteraction[]): Promise<void> {
    await tx.run(linkAll(tx.actor.accountId, logged));
    const rows = logged.map(({ contactIds: _, ...values }) => values);
    await tx.apply(insertedAll(Interaction, rows, interactionEvents.created));
    await this.touch(
      tx,
      logged.flatMap(({ contactIds }) => contactIds),
    );
    for (const one of logged) if (this.isAhead(one)) await this.waitFor(tx, one);
  }

  /** Its time has come: from now on it is a touch of its contacts. */
  async takePlace(tx: Tx, id: string): Promise<void> {
    await this.touch(tx, await this.linked(tx, id));
  }

  /** Sets right what may be broken: whether, and when, its time is waited for. */
  async mend(tx: Tx, id: string): Promise<void> {
    const [interaction] = await tx.select(Interaction, { id });
    const plan = interaction && this.isAhead(interaction) ? planOf(interaction) : null;
    await this.keeper.mend(tx, TOUCH_AHEAD, id, plan);
  }

  private isAhead({ occurredAt, countsAsTouch }: Dated): boolean {
    return countsAsTouch && occurredAt > this.clock.now();
  }

  /** What is dated ahead counts when its time comes. */
  private async waitFor(tx: Tx, interaction: Dated): Promise<void> {
    if (!this.isAhead(interaction)) return this.keeper.drop(tx, TOUCH_AHEAD, interaction.id);
    await this.keeper.keep(tx, TOUCH_AHEAD, interaction.id, planOf(interaction));
  }

  private async linked(tx: Tx, id: string): Promise<string[]> {
    const rows = await tx.run<{ contactId: string }>(linkedContacts(tx.actor.accountId, id));
    return rows.map(({ contactId }) => contactId);
  }

  /** The links repeat the time and whether it counts, so they are rewritten when either changes. */
  private async relink(
    tx: Tx,
    id: string,
    old: readonly string[],
    contactIds: readonly string[],
    after: Interaction,
  ): Promise<void> {
    const added = contactIds.filter((contactId) => !old.includes(contactId));
    if (contactIds.length === 0 || added.length > 0) await this.lockAll(tx, added);
    await this.lock(tx, [...old, ...contactIds]);
    await tx.run(unlinkContacts(tx.actor.accountId, id));
    await tx.run(linkContacts(tx.actor.accountId, id, [...new Set(contactIds)], after.occurredAt, after.countsAsTouch));
  }

  /** Fails unless every contact exists. */
  private async lockAll(tx: Tx, contactIds: readonly string[]): Promise<void> {
    if (contactIds.length === 0) throw Problem.field('/contactIds', 'atLeastOne', 'Name at least one contact.');
    await tx.linkedAll(Contact, contactIds, '/contactIds');
  }

  /** Locks the contacts in the order of their ids, so that two writers cannot deadlock. */
  private async lock(tx: Tx, contactIds: readonly string[]): Promise<void> {
    await tx.select(Contact, { id: contactIds });
  }

  /** Recalculates the last and the next touch of each contact. */
  private async touch(tx: Tx, contactIds: readonly string[]): Promise<void> {
    for (const id of [...new Set(contactIds)].sort()) await this.contacts.touch(tx, id);
  }
}

function planOf({ occurredAt }: Dated): Plan {
  return {
    title: 'An interaction takes place and counts as a touch',
    basis: `at ${occurredAt.toISOString()}`,
    dueAt: occurredAt,
  };
}
