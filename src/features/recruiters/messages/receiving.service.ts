import { Injectable } from '@nestjs/common';
import { profileSlug } from '../../../kit/profile-slug.js';
import { plainLine, plainLines } from '../../../kit/plain-text.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { withReason } from './incoming.js';
import type { Incoming } from './incoming.js';
import type { ReceiveMessageInput } from './message.inputs.js';
import { MessagesService } from './messages.service.js';
import { MailReader } from './reading/mail-reader.js';
import { LONGEST_NAME, LONGEST_SUBJECT, LONGEST_TEXT } from './reading/mail-limits.js';
import { addressesIn, authorIn, dateOf, threadOf } from './reading/mail.js';
import type { Author } from './reading/mail.js';

/** A mail as it came (RFC 5322). */
export interface WholeMail {
  readonly bytes: Buffer;
}

type Parts = Readonly<ReceiveMessageInput>;

/** Takes in what comes, in whatever form. */
@Injectable()
export class Receiving {
  constructor(
    private readonly messages: MessagesService,
    private readonly reader: MailReader,
  ) {}

  /**
   * What cannot be read is kept as a message that says so, because only its sender could send it again.
   *
   * @throws Problem `invalid_input` for parts that make no message; `unprocessable` if the sender was erased
   */
  async receive(actor: Actor, given: Parts | WholeMail, view: ObjectView): Promise<JsonText> {
    const incoming = await this.read(actor.accountId, given);
    return this.messages.keep(actor, withReason(incoming), view);
  }

  private read(accountId: string, given: Parts | WholeMail): Promise<Incoming> {
    if ('bytes' in given) return this.mailOf(accountId, given.bytes);
    return isSaid(given.raw) ? this.mailOf(accountId, rawOf(given, given.raw)) : this.partsOf(accountId, given);
  }

  private async mailOf(accountId: string, bytes: Buffer): Promise<Incoming> {
    if (bytes.length === 0)
      throw Problem.field('', 'empty', 'The mail is empty: send it as it came, with its headers.');
    const { mail, unreadable } = await this.reader.read(accountId, bytes);
    return { channel: 'email', mail, profile: null, unreadable, bytes };
  }

  private async partsOf(accountId: string, parts: Parts): Promise<Incoming> {
    const { channel = 'email', profile, to, subject, html, date } = parts;
    const from = senderOf(channel, parts);
    const body = isSaid(parts.text) || !isSaid(html) ? (parts.text ?? '') : await this.reader.textOf(accountId, html);
    const mail = {
      from,
      toAddresses: isSaid(to) ? addressesIn(to) : [],
      subject: plainLine(subject ?? '', LONGEST_SUBJECT),
      ...plainLines(body, LONGEST_TEXT),
      date: isSaid(date) ? dateOf(date) : null,
      ...threadIn(parts),
    };
    return { channel, mail, profile: isSaid(profile) ? profile : null, unreadable: null, bytes: null };
  }
}

/** @throws Problem `invalid_input` if nobody could be answered */
function senderOf(channel: Incoming['channel'], { from, profile }: Parts): Author {
  const said = from ?? '';
  const author = authorIn(said);
  if (author.address !== null) return author;
  if (channel === 'email') {
    const detail = 'from must have the e-mail address of the sender, such as "Rita Recruiter <rita@agency.example>".';
    throw Problem.field('/from', 'hasAddress', detail);
  }
  const name = plainLine(said, LONGEST_NAME);
  if (name === null && !(isSaid(profile) && profileSlug(profile) !== null))
    throw Problem.field('/from', 'hasSender', 'Give from, the name of the sender, or profile.');
  return { name, address: null };
}

/** @throws Problem `invalid_input` if more than the mail is given */
function rawOf({ channel = 'email', raw: _, ...parts }: Parts, raw: string): Buffer {
  const [other] = Object.entries(parts).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [name],
  );
  if (other !== undefined)
    throw Problem.field(`/${other}`, 'isInRaw', `${other} is in the mail already: give either raw, or parts.`);
  if (channel !== 'email') throw Problem.field('/channel', 'isEmail', 'raw is a mail: its channel is email.');
  return Buffer.from(raw, 'base64');
}

function threadIn({ messageId, headers }: Parts) {
  const named = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), wordsOf(value)]));
  return threadOf({
    messageId: isSaid(messageId) ? messageId : named.get('message-id'),
    inReplyTo: named.get('in-reply-to'),
    references: named.get('references'),
  });
}

function wordsOf(value: unknown): string {
  return [value]
    .flat()
    .filter((one) => typeof one === 'string')
    .join(' ');
}

/** An automation that finds nothing in a field sends an empty text. */
function isSaid(text: string | null | undefined): text is string {
  return typeof text === 'string' && text.trim() !== '';
}
