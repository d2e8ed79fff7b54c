import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { atLocalTime, localDateOf } from '../../kit/instants.js';
import { addLocalDate } from '../../kit/periods.js';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
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
import { Parking } from './promises/parking.js';
import { Recruiter } from './recruiter.entity.js';
import { recruiterEvents } from './recruiter.events.js';
import type { CreateRecruiterInput, ParkRecruiterInput, UpdateRecruiterInput } from './recruiter.inputs.js';

/** Recruiters, and until when they are parked. */
@Injectable()
export class RecruitersService
  extends ResourceService<CreateRecruiterInput, UpdateRecruiterInput>
  implements OnModuleInit
{
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly parking: Parking,
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
      const { status } = await tx.find(Recruiter, id);
      const moves = input.status !== undefined && input.status !== status;
      if (moves && input.status === 'parked')
        throw Problem.field(
          '/status',
          'useParking',
          'Park a recruiter with POST …/parking (parkRecruiter), which sets the date and the reminder.',
        );
      if (moves && status === 'parked') await this.parking.leave(tx, id, `Their status became ${input.status}.`);
      const values = { ...input, ...(moves ? { parkedUntil: null, parking: null } : {}) };
      return (await tx.apply(updated(Recruiter, id, values, recruiterEvents.updated), view)).json;
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.find(Recruiter, id);
      await this.parking.leave(tx, id, 'The recruiter was deleted.');
      return (await tx.apply(removed(Recruiter, id, recruiterEvents.deleted))).json;
    });
  }

  /** "Check back in 8 months": calendar months from today, with a reminder at the start of that day. */
  async park(actor: Actor, id: string, input: ParkRecruiterInput, view: ObjectView): Promise<JsonText> {
    const dueOn = this.parkedUntil(actor, input.for ?? null);
    return this.database.write(actor, async (tx) => {
      await this.parking.begin(tx, await tx.find(Recruiter, id), dueOn);
      return tx.one(Recruiter, id, view);
    });
  }

  /** The day that is said; else that from which the account is open, if it lies ahead; else the usual period from today. */
  private parkedUntil({ calendar }: Actor, period: string | null): string {
    const { timeZone, checkBackPeriod, openFrom } = calendar;
    const today = localDateOf(this.clock.now(), timeZone);
    if (period === null && openFrom !== null && openFrom > today) return openFrom;
    return addLocalDate(today, period ?? checkBackPeriod);
  }

  private async followContact(tx: Tx, contactId: string, there: boolean): Promise<void> {
    for (const recruiter of await tx.select(Recruiter, { contactId }))
      await this.parking.followContact(tx, recruiter, there);
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
