import { Injectable } from '@nestjs/common';
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
import { Contact } from '../contacts/contact.entity.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { KeeperService } from '../reminders/keeper.service.js';
import { Recruiter } from './recruiter.entity.js';
import { recruiterEvents } from './recruiter.events.js';
import { CHECK_BACK, checkBackTitle } from './recruiter.kinds.js';
import type { CreateRecruiterInput, ParkRecruiterInput, UpdateRecruiterInput } from './recruiter.inputs.js';

/** How long a check-back may stay unanswered before `reminder.overdue` is sent. */
const ANSWERED_WITHIN = 'P7D';

/** Recruiters, and the reminders to check back with them. */
@Injectable()
export class RecruitersService extends ResourceService<CreateRecruiterInput, UpdateRecruiterInput> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly keeper: KeeperService,
  ) {
    super(database, Recruiter, recruiterEvents);
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
      const [contact] = await tx.select(Contact, { id: recruiter.contactId });
      const title = checkBackTitle(contact?.name ?? null);
      const applied = await tx.apply(
        updated(Recruiter, id, { status: 'parked', parkedUntil: dueAt }, recruiterEvents.updated),
        view,
      );
      const basis = `parking ${newId()}`;
      const plan = { title, basis, answers: true, dueAt, dueOn, overdueAfter: ANSWERED_WITHIN };
      await this.keeper.keep(tx, CHECK_BACK, id, plan);
      return applied.json;
    });
  }

  private async contactOf(tx: Tx, contactId: string | null, contact: CreateRecruiterInput['contact']): Promise<string> {
    if (contactId && !contact) return (await tx.linked(Contact, contactId, '/contactId')).id;
    if (contact && !contactId) return this.contacts.createIn(tx, { ...contact, relation: 'recruiter' });
    throw Problem.field('/contactId', 'oneOf', 'Give either contactId (an existing contact) or contact (a new one).');
  }
}
