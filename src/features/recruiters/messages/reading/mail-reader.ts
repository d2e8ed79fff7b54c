import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '../../../../platform/errors/problem.js';
import { Desks } from '../../../../platform/threads/desks.js';
import type { Mail } from './mail.js';
import { READING } from './mail-limits.js';
import type { ReadingAnswer, ReadingOrder } from './mail-thread.js';

/** A mail, and why it cannot be read; null when it can. */
export interface MailRead {
  readonly mail: Mail;
  readonly unreadable: string | null;
}

const THREAD = new URL('./mail-thread.js', import.meta.url);
/** Enough for the headers of any mail that people send. */
const LONGEST_HEAD = 65_536;
const NOTHING: Mail = {
  from: { name: null, address: null },
  toAddresses: [],
  subject: null,
  text: null,
  isCut: false,
  date: null,
  messageId: null,
  inReplyTo: null,
  references: [],
};
const OVERRAN = `Reading it takes more than ${READING.mostMs / 1_000} seconds or ${READING.mostMb} MB.`;

/** The door to everything that a stranger has written in MIME or HTML: it is read in threads of their own, with a limit of time and of memory. */
@Injectable()
export class MailReader implements OnApplicationShutdown {
  private readonly desks = new Desks<ReadingOrder, ReadingAnswer>(THREAD, { ...READING, mostWaiting: 100 });

  /** Of a mail that cannot be read, its headers are, if they can. */
  async read(accountId: string, bytes: Uint8Array): Promise<MailRead> {
    const whole = await this.served(accountId, { mime: copyOf(bytes) });
    if (whole !== 'overran' && 'mail' in whole) return { mail: whole.mail, unreadable: null };
    const unreadable = whole !== 'overran' && 'failure' in whole ? `${whole.failure}.` : OVERRAN;
    const head = await this.served(accountId, { mime: copyOf(headOf(bytes)) });
    const mail = head !== 'overran' && 'mail' in head ? { ...head.mail, text: null } : NOTHING;
    return { mail, unreadable };
  }

  /** @throws Problem `invalid_input` when it cannot be turned into text */
  async textOf(accountId: string, html: string): Promise<string> {
    const service = await this.served(accountId, { html });
    if (service !== 'overran' && 'text' in service) return service.text;
    throw Problem.field('/html', 'isReadable', `${OVERRAN} Send the message as text.`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.desks.close();
  }

  private async served(accountId: string, order: ReadingOrder) {
    if (!this.desks.isCrowdedFor(accountId)) return this.desks.serve(accountId, order);
    const detail = 'Too many messages of this account wait to be read. Send this one again in a few seconds.';
    throw new Problem('too_many_requests', detail, [], { 'retry-after': '5' });
  }
}

/** A copy that a thread can be given: the bytes are read again if it fails. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Up to the first empty line. */
function headOf(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LONGEST_HEAD));
  const ends = ['\r\n\r\n', '\n\n'].map((end) => head.indexOf(end)).filter((at) => at >= 0);
  return head.subarray(0, Math.min(head.length, ...ends));
}
