import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../../platform/database/tx.js';
import { Doctor } from '../../../../platform/doctor/doctor.js';
import { KeeperService } from '../../../reminders/keeping/keeper.service.js';
import type { Plan } from '../../../reminders/keeping/keeper.service.js';
import { Kinds } from '../../../reminders/kinds.service.js';
import type { Answered } from '../../../reminders/kinds.service.js';
import { MenderService } from '../../../reminders/keeping/mender.service.js';
import type { Reminder } from '../../../reminders/reminder.entity.js';
import { isReachable } from '../../cadence.js';
import { Contact } from '../../contact.entity.js';
import { FOLLOW_UP, followUpTitle, thanksTitle } from '../../contact.kinds.js';
import { ContactsService } from '../../contacts.service.js';
import { InteractionsService } from '../../interactions/interactions.service.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { thanksTime } from './follow-up-times.js';
import { forgetFollowUps, handFollowUps, openFollowUp, rememberFollowUps } from './known-people.sql.js';
import type { OpenFollowUp } from './known-people.sql.js';

export interface FollowUp {
  readonly contactId: string;
  readonly name: string;
  readonly at: Date;
  readonly priority: Reminder['priority'];
}

/** The reminders to follow up with people who were met. A contact has one at a time: the last encounter counts. */
@Injectable()
export class FollowUpsService implements OnModuleInit {
  constructor(
    private readonly kinds: Kinds,
    private readonly keeper: KeeperService,
    private readonly contacts: ContactsService,
    private readonly interactions: InteractionsService,
    private readonly clock: Clock,
    private readonly doctor: Doctor,
    private readonly mender: MenderService,
  ) {}

  onModuleInit(): void {
    this.kinds.teach(FOLLOW_UP, {
      completed: (tx, answered) => this.logTouch(tx, answered),
      dismissed: (tx, { reminder }) => this.forget(tx, reminder),
    });
    this.contacts.whenPresenceChanges((tx, id, there) => this.followContact(tx, id, there));
    this.contacts.whenReachChanges((tx, id) => this.followContact(tx, id, true));
    this.doctor.add(
      this.mender.lostSubject(FOLLOW_UP, Contact, {
        name: 'follow_ups_have_contacts',
        wrong: 'is about a contact that is purged',
      }),
    );
  }

  async keep(tx: Tx, encounterId: string, followUps: readonly FollowUp[]): Promise<void> {
    for (const { contactId, name, at, priority } of followUps) {
      const plan = planOf(name, { encounterId, at, merged: null });
      await this.keeper.keep(tx, FOLLOW_UP, contactId, { ...plan, priority });
    }
    await tx.run(rememberFollowUps(tx.actor.accountId, encounterId, followUps));
  }

  /** Reminds of thanking somebody who merged a pull request, instead of any other follow-up with them. */
  async thank(tx: Tx, encounterId: string, { id, name }: Pick<Contact, 'id' | 'name'>, merged: string): Promise<void> {
    const { accountId, calendar } = tx.actor;
    const at = thanksTime(calendar, this.clock.now());
    await this.keeper.keep(tx, FOLLOW_UP, id, planOf(name, { encounterId, at, merged }));
    await tx.run(forgetFollowUps(accountId, id));
    await tx.run(rememberFollowUps(accountId, encounterId, [{ contactId: id, at }], true));
  }

  /** Following up is a touch. */
  private async logTouch(tx: Tx, { reminder, note }: Answered): Promise<void> {
    await this.forget(tx, reminder);
    if (reminder.subjectId === null) return;
    const touch = { channel: 'other', direction: 'mutual', countsAsTouch: true, summary: note } as const;
    await this.interactions.logIn(tx, { ...touch, occurredAt: this.clock.now(), contactIds: [reminder.subjectId] });
  }

  private async forget(tx: Tx, { subjectId }: Reminder): Promise<void> {
    if (subjectId) await tx.run(forgetFollowUps(tx.actor.accountId, subjectId));
  }

  /** Of an encounter at which both were, whoever is left is followed up as the other was to be. */
  async hand(tx: Tx, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
    await tx.run(handFollowUps(tx.actor.accountId, from, to));
  }

  /** A contact whose encounters went to another one may have nothing left to follow up. */
  async forgetMoved(tx: Tx, id: string): Promise<void> {
    const [open] = await tx.run(openFollowUp(tx.actor.accountId, id));
    if (!open) await this.keeper.drop(tx, FOLLOW_UP, id);
  }

  /** It goes with the contact, also with one that is archived, and comes back unless it was answered. It follows the name. */
  private async followContact(tx: Tx, id: string, there: boolean): Promise<void> {
    const [contact] = there ? await tx.select(Contact, { id }) : [];
    if (!contact || !isReachable(contact)) return this.keeper.drop(tx, FOLLOW_UP, id);
    const [open] = await tx.run<OpenFollowUp>(openFollowUp(tx.actor.accountId, id));
    if (open) await this.keeper.keep(tx, FOLLOW_UP, id, planOf(contact.name, open));
  }
}

function planOf(name: string, { encounterId, at, merged }: OpenFollowUp): Plan {
  if (merged === null) return { title: followUpTitle(name), basis: `encounter ${encounterId}`, dueAt: at };
  return { title: thanksTitle(name, `merging ${merged}`), basis: `thanks ${encounterId}`, dueAt: at };
}
