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
import { Wakeups } from '../../platform/database/wakeups.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { Contact } from '../contacts/contact.entity.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { KeeperService } from '../reminders/keeper.service.js';
import { Kinds } from '../reminders/kinds.service.js';
import { Recruiter } from './recruiter.entity.js';
import { recruiterEvents } from './recruiter.events.js';
import type { CreateRecruiterInput, ParkRecruiterInput, UpdateRecruiterInput } from './recruiter.inputs.js';

const CHECK_BACK = 'check_back';
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
    private readonly kinds: Kinds,
    private readonly wakeups: Wakeups,
  ) {
    super(database, Recruiter, recruiterEvents);
  }

  onModuleInit(): void {
    this.kinds.allowSubject('recruiter', Recruiter);
    this.kinds.teach({ name: CHECK_BACK, subject: Recruiter });
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
    const parked = await this.database.write(actor, async (tx) => {
      const recruiter = await tx.find(Recruiter, id);
      const [contact] = await tx.select(Contact, { id: recruiter.contactId });
      const title = `Check back with ${contact?.name ?? 'a recruiter'}`.slice(0, 200);
      const applied = await tx.apply(
        updated(Recruiter, id, { status: 'parked', parkedUntil: dueAt }, recruiterEvents.updated),
        view,
      );
      const about = { kind: CHECK_BACK, subjectType: 'recruiter', subjectId: id, title };
      await this.keeper.keep(tx, { ...about, dueAt, dueOn, overdueAfter: ANSWERED_WITHIN });
      return applied.json;
    });
    this.wakeups.signal('reminders', actor);
    return parked;
  }

  private async contactOf(tx: Tx, contactId: string | null, contact: CreateRecruiterInput['contact']): Promise<string> {
    if (Boolean(contactId) === Boolean(contact)) {
      throw Problem.field('/contactId', 'oneOf', 'Give either contactId (an existing contact) or contact (a new one).');
    }
    if (contact) return this.contacts.createIn(tx, { ...contact, relation: 'recruiter' });
    const [found] = await tx.select(Contact, { id: contactId });
    if (found) return found.id;
    const detail = `There is no contact ${contactId} in this account.`;
    throw new Problem('unknown_reference', detail, [{ pointer: '/contactId', code: 'unknownReference', detail }]);
  }
}
