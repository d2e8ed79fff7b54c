import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { inserted, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import { MovedRows } from '../../../platform/database/moved-rows.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import { Retention } from '../../../platform/jobs/retention.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { Contact } from '../contact.entity.js';
import { contactEvents } from '../contact.events.js';
import { ContactsService } from '../contacts.service.js';
import { Encounter } from '../encounters/encounter.entity.js';
import { FollowUpsService } from '../encounters/wrap-up/follow-ups.service.js';
import { importLock } from '../imports/matching/known.sql.js';
import { ContactMerge, UNDONE_WITHIN } from './contact-merge.entity.js';
import type { MergeContactsInput } from './merge.inputs.js';
import { pointInto, whereabouts } from './merging.sql.js';
import type { Whereabouts } from './merging.sql.js';
import { changeOf, partedFrom, writable } from './parted.js';
import { unitedOf } from './united.js';
import type { United } from './united.js';

/** So many rows of each table may point at a contact that is merged: they move in one transaction. */
const MOST_MOVED = 10_000;
const DAY = 86_400_000;

/** Two contacts that are one person: merged, and for 30 days parted again. */
@Injectable()
export class MergesService extends ReadService implements OnModuleInit {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly followUps: FollowUpsService,
    private readonly rows: MovedRows,
    private readonly retention: Retention,
  ) {
    super(database, ContactMerge);
  }

  /** What can no longer be undone is not remembered. The contact that was merged stays in the trash. */
  onModuleInit(): void {
    this.retention.add({
      job: 'forget merges',
      noun: 'contactMerge',
      table: 'contact_merges',
      days: UNDONE_WITHIN,
    });
  }

  /** One contact takes what the other had and what points at it; the other goes to the trash. */
  async merge(
    actor: Actor,
    id: string,
    { contactId, take = [] }: MergeContactsInput,
    view: ObjectView,
  ): Promise<JsonText> {
    if (id === contactId)
      throw Problem.field(
        '/contactId',
        'notItself',
        'A contact is itself already: name the other one of the same person.',
      );
    return this.database.write(actor, async (tx) => {
      const { kept, merged } = await this.two(tx, id, contactId);
      const change = changeOf(kept, unitedOf(kept, merged, take));
      const move = { from: merged.id, to: kept.id, id: newId() };
      await this.refuseHeavy(tx, move);
      const { accountId } = tx.actor;
      const made = {
        id: move.id,
        contactId: kept.id,
        mergedId: merged.id,
        changed: Object.keys(change.after),
        ...change,
      };
      await tx.apply(inserted(ContactMerge, made, null));
      await this.followUps.hand(tx, move);
      await this.rows.move(tx, Contact, move);
      await tx.run(pointInto(accountId, merged.id, kept.id));
      await this.contacts.removeIn(tx, merged.id);
      await this.contacts.settle(tx, kept, writable(kept, change.after), contactEvents.merged, merged.id);
      return tx.one(Contact, id, view);
    });
  }

  /** Imports and other merges wait, so that nobody finds a contact that is about to go. Both are locked in the order of their ids. */
  private async two(tx: Tx, id: string, otherId: string): Promise<{ kept: Contact; merged: Contact }> {
    const { accountId } = tx.actor;
    await tx.run(importLock(accountId));
    const found = await tx.select(Contact, { id: [id, otherId] });
    const [kept, merged] = [id, otherId].map((one) => found.find((contact) => contact.id === one));
    if (!kept) throw Problem.notFound('contact', id);
    if (!merged) throw unknownOther(otherId, await this.whereabouts(tx, otherId));
    return { kept, merged };
  }

  private async whereabouts(tx: Tx, id: string): Promise<Whereabouts | null> {
    const [found] = await tx.run<Whereabouts>(whereabouts(tx.actor.accountId, id));
    return found ?? null;
  }

  private async refuseHeavy(tx: Tx, move: { readonly from: string; readonly to: string }): Promise<void> {
    const { count, refusals } = await this.rows.weigh(tx, Contact, { ...move, most: MOST_MOVED });
    if (refusals.length > 0) throw new Problem('conflict', refusals.join(' '));
    if (count <= MOST_MOVED) return;
    const detail = `More than ${MOST_MOVED} interactions and other rows point at the contact ${move.from}, and at most so many move: merge the other one into it.`;
    throw Problem.field('/contactId', 'tooMany', detail);
  }

  /** They are two again: what was moved goes back where it still points, and what was taken where it was not edited since. */
  async unmerge(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.run(importLock(tx.actor.accountId));
      const merge = await this.undoable(tx, id);
      const kept = await this.keptOf(tx, merge);
      await this.rows.moveBack(tx, Contact, { from: id, to: kept.id, id: merge.id });
      await tx.run(pointInto(tx.actor.accountId, id, null));
      await this.contacts.restoreIn(tx, id);
      const back = await this.stillThere(tx, writable(kept, partedFrom(kept, merge)));
      await this.contacts.settle(tx, kept, back, contactEvents.unmerged, id);
      await this.followUps.forgetMoved(tx, kept.id);
      await tx.apply(updated(ContactMerge, merge.id, { state: 'undone', undoneAt: this.clock.now() }, null));
      return tx.one(Contact, id, view);
    });
  }

  private async undoable(tx: Tx, id: string): Promise<ContactMerge> {
    const [merge] = (await tx.select(ContactMerge, { mergedId: id, state: 'merged' })).reverse();
    if (merge && merge.createdAt.getTime() > this.clock.now().getTime() - UNDONE_WITHIN * DAY) return merge;
    const found = await this.whereabouts(tx, id);
    if (!found) throw Problem.notFound('contact', id);
    const detail =
      found.id === id
        ? `The contact ${id} is merged into no other one: there is nothing to undo.`
        : `The contact ${id} was merged into ${found.id} more than ${UNDONE_WITHIN} days ago, which is how long that can be undone.`;
    throw new Problem('conflict', detail);
  }

  /** The last merge is undone first. */
  private async keptOf(tx: Tx, merge: ContactMerge): Promise<Contact> {
    const { id, contactId } = merge;
    const [kept] = await tx.select(Contact, { id: contactId });
    if (!kept) {
      const now = await this.whereabouts(tx, contactId);
      const detail =
        now && now.id !== contactId
          ? `It was merged into ${contactId}, which was merged itself: undo the merge of ${contactId} first.`
          : `It was merged into ${contactId}, which is in the trash: restore that one first.`;
      throw new Problem('conflict', detail);
    }
    const later = (await tx.select(ContactMerge, { contactId, state: 'merged' }))
      .filter((other) => other.id > id)
      .at(-1);
    if (later)
      throw new Problem(
        'conflict',
        `The contact ${later.mergedId} was merged into ${contactId} later: undo that merge first.`,
      );
    return kept;
  }

  /** An encounter that was deleted since is nobody's meeting any more. */
  private async stillThere(tx: Tx, values: Partial<United>): Promise<Partial<United>> {
    const { encounterId, ...others } = values;
    if (!encounterId) return values;
    const [encounter] = await tx.select(Encounter, { id: encounterId });
    return encounter ? values : { ...others, encounterId: null, metOnFollows: false };
  }
}

function unknownOther(id: string, found: Whereabouts | null): Problem {
  const where =
    found && (found.id === id ? `is in the trash: restore it first` : `was merged into ${found.id}: name that one`);
  if (!where) return Problem.unknownReference('contact', [id], '/contactId');
  const detail = `The contact ${id} ${where}.`;
  return new Problem('unknown_reference', detail, [{ pointer: '/contactId', code: 'unknownReference', detail }]);
}
