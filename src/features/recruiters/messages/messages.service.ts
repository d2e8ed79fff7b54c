import { Injectable } from '@nestjs/common';
import { cutText } from '../../../kit/cut-text.js';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { inserted, removed, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { Contact } from '../../contacts/contact.entity.js';
import { ContactsService } from '../../contacts/contacts.service.js';
import { Recognition } from '../../contacts/recognition.service.js';
import type { Stranger } from '../../contacts/recognition.service.js';
import { Recruiter } from '../recruiter.entity.js';
import { RecruitersService } from '../recruiters.service.js';
import { samenessOf, saidBy } from './incoming.js';
import type { Incoming } from './incoming.js';
import { Message } from './message.entity.js';
import { messageEvents } from './message.events.js';
import { beforeKeeping, lockSame } from './messages.sql.js';
import type { Before } from './messages.sql.js';
import { LONGEST_NAME } from './reading/mail-limits.js';

/** What a feature does when a recruiter wrote. */
type Received = (tx: Tx, message: Message, recruiter: Recruiter) => Promise<void>;

/** Messages: what came in, from whom, and who of them is a recruiter. */
@Injectable()
export class MessagesService extends ReadService {
  private readonly hearing: Received[] = [];

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly recognition: Recognition,
    private readonly recruiters: RecruitersService,
  ) {
    super(database, Message);
  }

  /** What depends on recruiters having written learns of each of their messages once, in the transaction that keeps it or that makes its sender a recruiter. */
  whenReceived(received: Received): void {
    this.hearing.push(received);
  }

  /**
   * Keeps a message, once: the same one again is answered with the first.
   *
   * @throws Problem `unprocessable` for the message of somebody who was erased; nothing of it is kept
   */
  async keep(actor: Actor, incoming: Incoming, view: ObjectView): Promise<JsonText> {
    const sameness = samenessOf(incoming);
    return this.database.write(actor, async (tx) => {
      await tx.run(lockSame(actor.accountId, sameness));
      const [before] = await tx.run<Before>(beforeKeeping(actor.accountId, sameness));
      if (before?.knownId) return tx.one(Message, before.knownId, view);
      const said = saidBy(incoming, this.clock.now());
      const contactId = await this.senderOf(tx, said);
      const [recruiter] = contactId === null ? [] : await tx.select(Recruiter, { contactId });
      const text = before?.keepsTexts ? said.text : null;
      const values = { ...said, id: newId(), text, contactId, sameness };
      const event = recruiter ? messageEvents.ofRecruiter : messageEvents.received;
      const { json } = await tx.apply(inserted(Message, values, event), view);
      if (recruiter) await this.tell(tx, values.id, recruiter);
      return new JsonText(json.text, { ...json, created: true });
    });
  }

  async remove(actor: Actor, id: string): Promise<JsonText> {
    return (await this.database.apply(actor, removed(Message, id, messageEvents.deleted))).json;
  }

  /**
   * Makes the sender of a message a recruiter: the contact who sent it, else one that is made of the sender.
   *
   * @throws Problem `unprocessable` if nobody knows who sent it; `conflict` if that contact is in the trash
   */
  async makeRecruiter(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await this.recognition.alone(tx);
      const message = await tx.find(Message, id);
      const contactId = await this.contactOf(tx, message);
      const [known] = await tx.select(Recruiter, { contactId });
      if (known && message.contactId === contactId) return tx.one(Message, id, view);
      const recruiter = known ?? (await this.recruiters.createIn(tx, contactId));
      const change = updated(Message, id, { contactId }, messageEvents.ofRecruiter, { recruiterId: null });
      const { json } = await tx.apply(change, view);
      await this.tell(tx, id, recruiter);
      return json;
    });
  }

  private async senderOf(tx: Tx, said: Parameters<typeof strangerOf>[0]): Promise<string | null> {
    const stranger = strangerOf(said);
    const contactId = await this.recognition.contactOf(tx, stranger);
    if (contactId !== null || !(await this.recognition.wasErased(tx, stranger))) return contactId;
    const detail =
      'The sender was erased here, so nothing of this message is kept. Create the contact again if that has changed.';
    throw new Problem('unprocessable', detail, [{ pointer: '/from', code: 'wasErased', detail }]);
  }

  private async contactOf(tx: Tx, message: Message): Promise<string> {
    const { contactId, fromName, fromAddress, fromProfile } = message;
    if (contactId !== null) {
      if ((await tx.select(Contact, { id: contactId })).length > 0) return contactId;
      throw new Problem('conflict', `The contact ${contactId} who sent it is in the trash. Restore the contact first.`);
    }
    const stranger = strangerOf(message);
    const name = cutText(fromName ?? fromAddress ?? fromProfile ?? '', LONGEST_NAME);
    if (name === '') {
      throw new Problem('unprocessable', 'Nobody knows who sent it. Create the recruiter: POST /v1/recruiters.');
    }
    const known = await this.recognition.contactOf(tx, stranger);
    if (known !== null) return known;
    const { emails, links } = stranger;
    return this.contacts.createIn(tx, { name, emails: [...emails], links: [...links], relation: 'recruiter' });
  }

  private async tell(tx: Tx, id: string, recruiter: Recruiter): Promise<void> {
    if (this.hearing.length === 0) return;
    const message = await tx.find(Message, id);
    for (const received of this.hearing) await received(tx, message, recruiter);
  }
}

function strangerOf({ fromAddress, fromProfile }: Pick<Message, 'fromAddress' | 'fromProfile'>): Stranger {
  return {
    emails: fromAddress === null ? [] : [fromAddress],
    links: fromProfile === null ? [] : [{ kind: 'linkedin', value: fromProfile }],
  };
}
