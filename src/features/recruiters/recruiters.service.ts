import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { atLocalTime, localDateOf } from '../../kit/instants.js';
import { addLocalDate } from '../../kit/periods.js';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, merged, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import type { Account } from '../accounts/account.entity.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { Contact } from '../contacts/contact.entity.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { KeeperService } from '../reminders/keeping/keeper.service.js';
import type { Plan } from '../reminders/keeping/keeper.service.js';
import { Recruiter } from './recruiter.entity.js';
import { recruiterEvents } from './recruiter.events.js';
import { CHECK_BACK, checkBackTitle } from './recruiter.kinds.js';
import type { CreateRecruiterInput, ParkRecruiterInput, UpdateRecruiterInput } from './recruiter.inputs.js';

/** How long a check-back may stay unanswered before `reminder.overdue` is sent. */
const ANSWERED_WITHIN = 'P7D';

/** Recruiters, and the reminders to check back with them. */
@Injectable()
export class RecruitersService
  extends ResourceService<CreateRecruiterInput, UpdateRecruiterInput>
  implements OnModuleInit
{
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly keeper: KeeperService,
    private readonly accounts: AccountsService,
  ) {
    super(database, Recruiter, recruiterEvents);
  }

  onModuleInit(): void {
    this.contacts.whenPresenceChanges((tx, id, there) => this.followContact(tx, id, there));
    this.accounts.whenSettingsChange((tx, before, after) => this.followSettings(tx, before, after));
  }

  override async create(actor: Actor, input: CreateRecruiterInput, view: ObjectView): Promise<JsonText> {
    const { contactId, contact, ...values } = input;
    return this.database.write(actor, async (tx) => {
      const id = newId();
      const who = await this.contactOf(tx, contactId ?? null, contact ?? null);
      return (await tx.apply(inserted(Recruiter, { ...values, id, contactId: who }, recruiterEvents.created), view))
        .json;
    });
  }

  /** Makes a recruiter of a contact inside a transaction. */
  async createIn(tx: Tx, contactId: string): Promise<Recruiter> {
    const id = newId();
    await tx.apply(inserted(Recruiter, { id, contactId }, recruiterEvents.created));
    return tx.find(Recruiter, id);
  }

  override async update(actor: Actor, id: string, input: UpdateRecruiterInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const recruiter = await tx.find(Recruiter, id);
      const leaves = input.status !== undefined && input.status !== 'parked' && recruiter.status === 'parked';
      if (input.status === 'parked' && recruiter.status !== 'parked') {
        throw Problem.field(
          '/status',
          'useParking',
          'Park a recruiter with POST …/parking (parkRecruiter), which sets the date and the reminder.',
        );
      }
      if (leaves) await this.keeper.drop(tx, CHECK_BACK, id);
      const values = { ...input, ...(leaves ? { parkedUntil: null } : {}) };
      return (await tx.apply(updated(Recruiter, id, values, recruiterEvents.updated), view)).json;
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.find(Recruiter, id);
      await this.keeper.drop(tx, CHECK_BACK, id);
      return (await tx.apply(removed(Recruiter, id, recruiterEvents.deleted))).json;
    });
  }

  /** "Check back in 8 months": calendar months from today, with a reminder at the start of that day. */
  async park(actor: Actor, id: string, input: ParkRecruiterInput, view: ObjectView): Promise<JsonText> {
    const { timeZone, dayStartsAt, checkBackPeriod } = actor.calendar;
    const dueOn = addLocalDate(localDateOf(this.clock.now(), timeZone), input.for ?? checkBackPeriod);
    const dueAt = atLocalTime(dueOn, dayStartsAt, timeZone);
    return this.database.write(actor, async (tx) => {
      const recruiter = await tx.find(Recruiter, id);
      const values = { status: 'parked', parkedUntil: dueAt, parking: newId() } as const;
      const applied = await tx.apply(updated(Recruiter, id, values, recruiterEvents.updated), view);
      await this.checkBack(tx, merged(recruiter, values));
      return applied.json;
    });
  }

  /** A parked recruiter is checked back with as long as the contact is there. */
  private async checkBack(tx: Tx, recruiter: Recruiter): Promise<void> {
    const plan = await this.planOf(tx, recruiter);
    if (plan) await this.keeper.keep(tx, CHECK_BACK, recruiter.id, plan);
  }

  /** Brings a broken check-back to what the recruiter says; who is not parked, or gone, has none. */
  async mend(tx: Tx, id: string): Promise<void> {
    const [recruiter] = await tx.select(Recruiter, { id });
    const plan = recruiter?.status === 'parked' ? await this.planOf(tx, recruiter) : null;
    await this.keeper.mend(tx, CHECK_BACK, id, plan);
  }

  private async planOf(tx: Tx, { contactId, parkedUntil, parking }: Recruiter): Promise<Plan | null> {
    const [contact] = await tx.select(Contact, { id: contactId });
    if (!parkedUntil || !contact) return null;
    return {
      title: checkBackTitle(contact.name),
      basis: parking ? `parking ${parking}` : `parked until ${parkedUntil.toISOString()}`,
      answers: true,
      dueAt: parkedUntil,
      dueOn: localDateOf(parkedUntil, tx.actor.calendar.timeZone),
      overdueAfter: ANSWERED_WITHIN,
    };
  }

  private async followContact(tx: Tx, contactId: string, there: boolean): Promise<void> {
    for (const recruiter of await tx.select(Recruiter, { contactId })) {
      if (there && recruiter.status === 'parked') await this.checkBack(tx, recruiter);
      if (!there) await this.keeper.drop(tx, CHECK_BACK, recruiter.id);
    }
  }

  /** A promise is for a day, which starts where and when the account's days do. Their reminders move by themselves. */
  private async followSettings(tx: Tx, before: Account, after: Account): Promise<void> {
    if (before.timeZone === after.timeZone && before.dayStartsAt === after.dayStartsAt) return;
    for (const { id, parkedUntil } of await tx.select(Recruiter, { status: 'parked' })) {
      if (!parkedUntil) continue;
      const day = atLocalTime(localDateOf(parkedUntil, before.timeZone), after.dayStartsAt, after.timeZone);
      await tx.apply(updated(Recruiter, id, { parkedUntil: day }, recruiterEvents.updated));
    }
  }

  private async contactOf(tx: Tx, contactId: string | null, contact: CreateRecruiterInput['contact']): Promise<string> {
    if (contactId && !contact) return (await tx.linked(Contact, contactId, '/contactId')).id;
    if (contact && !contactId) return this.contacts.createIn(tx, { ...contact, relation: 'recruiter' });
    throw Problem.field('/contactId', 'oneOf', 'Give either contactId (an existing contact) or contact (a new one).');
  }
}
