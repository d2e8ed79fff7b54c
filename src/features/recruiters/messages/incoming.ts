import { createHash } from 'node:crypto';
import { profileSlug, profileUrl } from '../../../kit/profile-slug.js';
import type { Message } from './message.entity.js';
import type { Mail } from './reading/mail.js';

/** A message that came in, before anybody asked who sent it. */
export interface Incoming {
  readonly channel: Message['channel'];
  readonly mail: Mail;
  /** The address of the sender's LinkedIn profile. */
  readonly profile: string | null;
  /** Why it cannot be read; null when it can. */
  readonly unreadable: string | null;
  /** The bytes that it came as; null when it came in parts. */
  readonly bytes: Uint8Array | null;
}

const NO_SENDER = 'It has no sender: the header From is missing, or has no e-mail address.';
const LONGEST_REASON = 500;
/** Bytes of a mail by which it is known again. */
const MOST_HASHED = 1_048_576;

/** A mail that nobody sent cannot be answered. */
export function withReason(incoming: Incoming): Incoming {
  const { mail, profile, unreadable } = incoming;
  if (unreadable !== null) return { ...incoming, unreadable: unreadable.slice(0, LONGEST_REASON) };
  return mail.from.address === null && profile === null && incoming.channel === 'email'
    ? { ...incoming, unreadable: NO_SENDER }
    : incoming;
}

/** The columns of a message that it says itself. A time that has not come is no time at which it can have been sent. */
export function saidBy({ channel, mail, profile, unreadable }: Incoming, now: Date) {
  const sent = mail.date === null ? now : new Date(mail.date);
  const slug = profile === null ? null : profileSlug(profile);
  return {
    direction: 'inbound' as const,
    channel,
    state: unreadable === null ? ('received' as const) : ('unreadable' as const),
    reason: unreadable,
    receivedAt: sent > now ? now : sent,
    fromName: mail.from.name,
    fromAddress: mail.from.address,
    fromProfile: slug === null ? null : profileUrl(slug),
    toAddresses: [...mail.toAddresses],
    subject: mail.subject,
    text: mail.text,
    isCut: mail.isCut,
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: [...mail.references],
    senderKeys: keysOf(mail.from.address, slug),
  };
}

/**
 * A hash that two messages have if they are one: of the Message-ID, else of what does not change on the way. When it came in is no part of
 * it, because it comes twice.
 */
export function samenessOf({ channel, mail, profile, bytes, unreadable }: Incoming): string {
  if (mail.messageId !== null) return hashOf(['id', channel, mail.messageId]);
  if (unreadable !== null && bytes !== null) return hashOfBytes(bytes);
  const { address, name } = mail.from;
  const sender = address?.toLowerCase() ?? (profile === null ? name : profileSlug(profile));
  return hashOf(['parts', channel, sender, mail.subject, mail.text, mail.date]);
}

/** Of their beginning, and how many there are: all of a large mail would keep everybody waiting. */
function hashOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(`bytes ${bytes.length}\n`).update(bytes.subarray(0, MOST_HASHED)).digest('hex');
}

function hashOf(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The words by which the database finds contacts: `1e` and an address, `1llinkedin:` and the name of a profile, at most 250 characters. */
function keysOf(address: string | null, slug: string | null): string[] {
  const keys = [address && `1e${address.toLowerCase()}`, slug && `1llinkedin:${slug}`];
  return keys.flatMap((key) => (key ? [key.slice(0, 250)] : []));
}
