import PostalMime, { addressParser } from 'postal-mime';
import type { Address, Email, Mailbox } from 'postal-mime';
import { withWindowsSigns } from '../../../../kit/charset.js';
import { plainLine, plainLines } from '../../../../kit/plain-text.js';
import { textOfHtml } from './html-text.js';
import {
  LONGEST_ADDRESS,
  LONGEST_HTML,
  LONGEST_MESSAGE_ID,
  LONGEST_NAME,
  LONGEST_SUBJECT,
  LONGEST_TEXT,
  MOST_RECIPIENTS,
  MOST_REFERENCES,
} from './mail-limits.js';

/** Who wrote, and by which address. */
export interface Author {
  readonly name: string | null;
  readonly address: string | null;
}

/** What is read of a mail, within the bounds of a message. What it does not say is null or empty. */
export interface Mail {
  readonly from: Author;
  readonly toAddresses: readonly string[];
  readonly subject: string | null;
  readonly text: string | null;
  readonly isCut: boolean;
  /** RFC 3339. */
  readonly date: string | null;
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

/** Deeper mails are made to hurt: those of people have five levels. */
const LIMITS = { maxNestingDepth: 100, maxRfc822NestingDepth: 3, maxHeadersSize: 2 * 1_048_576 };
const ADDRESS = /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/;
const ID = new RegExp(`<([^<>\\s]{1,${LONGEST_MESSAGE_ID}})>`, 'g');
/** The part of a header with ids that is looked at. */
const LONGEST_IDS = 65_536;

/**
 * Reads a mail (RFC 5322, MIME).
 *
 * @throws Error that says in English why it cannot be read
 */
export async function readMail(bytes: ArrayBuffer): Promise<Mail> {
  const email = await PostalMime.parse(bytes, LIMITS);
  const { text: plain = '', html = '' } = email;
  const isPlain = plain.trim() !== '';
  const { text, isCut } = plainLines(withWindowsSigns(isPlain ? plain : bodyOf(html)), LONGEST_TEXT);
  return {
    from: authorOf(email),
    toAddresses: addressesOf(email.to ?? []),
    subject: plainLine(withWindowsSigns(email.subject ?? ''), LONGEST_SUBJECT),
    text,
    isCut: isCut || (!isPlain && html.length > LONGEST_HTML),
    date: dateOf(email.date ?? ''),
    ...threadOf(email),
  };
}

/** The text of an HTML body. */
export function bodyOf(html: string): string {
  return textOfHtml(html.slice(0, LONGEST_HTML));
}

/** The first address of a header such as `Rita Recruiter <rita@agency.example>`. */
export function authorIn(header: string): Author {
  return author(addressParser(header, { flatten: true })[0]);
}

/** The addresses of a header such as `me@example.org, Ada <ada@example.org>`. */
export function addressesIn(header: string): string[] {
  return addressesOf(addressParser(header));
}

/** How a mail says which one it is, and what it answers, each without its brackets. */
export function threadOf(said: Pick<Email, 'messageId' | 'inReplyTo' | 'references'>) {
  return {
    messageId: idsIn(said.messageId)[0] ?? bareId(said.messageId),
    inReplyTo: idsIn(said.inReplyTo)[0] ?? null,
    references: idsIn(said.references).slice(-MOST_REFERENCES),
  };
}

/** RFC 3339, of a time that lies in 1970 to 2100; null for anything else. */
export function dateOf(said: string): string | null {
  const date = new Date(said);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 2100 ? date.toISOString() : null;
}

function authorOf({ from, sender }: Email): Author {
  const [first] = mailboxesOf([...(from ? [from] : []), ...(sender ? [sender] : [])]);
  return author(first);
}

function author(mailbox: Address | undefined): Author {
  return {
    name: plainLine(withWindowsSigns(mailbox?.name ?? ''), LONGEST_NAME),
    address: addressOf(mailbox?.address ?? ''),
  };
}

function addressesOf(addresses: readonly Address[]): string[] {
  const found = mailboxesOf(addresses).flatMap(({ address }) => addressOf(address) ?? []);
  return [...new Set(found)].slice(0, MOST_RECIPIENTS);
}

function mailboxesOf(addresses: readonly Address[]): Mailbox[] {
  return addresses.flatMap((one) => (one.group ? one.group : [one]));
}

/** Null for what is no address: a display ignores a zero-width character in one, a mail server does not. */
function addressOf(said: string): string | null {
  const address = plainLine(said, LONGEST_ADDRESS + 1);
  return address !== null && address.length <= LONGEST_ADDRESS && ADDRESS.test(address) ? address : null;
}

function idsIn(header = ''): string[] {
  const ids = [...header.slice(-LONGEST_IDS).matchAll(ID)].flatMap(
    ([, id = '']) => plainLine(id, LONGEST_MESSAGE_ID) ?? [],
  );
  return [...new Set(ids)];
}

/** Some programs leave the brackets out. */
function bareId(header = ''): string | null {
  const id = header.trim();
  return /^[^\s<>]+$/.test(id) && id.length <= LONGEST_MESSAGE_ID ? plainLine(id, LONGEST_MESSAGE_ID) : null;
}
