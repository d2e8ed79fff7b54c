import type { DateOrder } from '../../../../kit/day-text.js';
import type { ContactLink } from '../../contact-link.js';
import type { ImportSource } from '../import-source.js';
import type { TableMapping, TableOptions } from '../import.inputs.js';

/** A row of a file as a person, in the words of a contact and within its bounds. What the file does not say is null or empty. */
export interface ReadPerson {
  /** What the source calls the person, the same in every export. */
  readonly externalId: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly pronouns: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly location: string | null;
  readonly timeZone: string | null;
  readonly birthday: string | null;
  readonly metOn: string | null;
  readonly notes: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly links: readonly ContactLink[];
  readonly tags: readonly string[];
  readonly custom: Readonly<Record<string, string>>;
  /** What was not understood, in words. */
  readonly problems: readonly string[];
}

/** A row of a file as a message between the account and its contacts. */
export interface ReadMessage {
  /** The same in every export. */
  readonly externalId: string;
  /** Who it was with. */
  readonly name: string;
  /** The LinkedIn profiles of whom it was with. */
  readonly slugs: readonly string[];
  /** RFC 3339, in UTC. */
  readonly occurredAt: string;
  readonly direction: 'inbound' | 'outbound';
  readonly summary: string | null;
  readonly countsAsTouch: boolean;
  readonly problems: readonly string[];
}

/** A row that is nothing, with the reason. */
export interface Skipped {
  readonly skipped: string;
}

/** What a row is. */
export type ReadRow = ReadPerson | ReadMessage | Skipped;

/** How a file is to be read: decided when it arrives, so that a worker that takes over reads it in the same way. */
export interface ImportPlan {
  readonly charset: string;
  readonly skip: number;
  readonly notes: readonly string[];
}

/** The same for a table as text. */
export interface TablePlan extends ImportPlan {
  readonly delimiter: string;
  /** The number of the header's line. */
  readonly headerLine: number;
  /** The place of each column that was found. */
  readonly columns: Readonly<Record<string, number>>;
  /** The columns that are not taken over, with their names. */
  readonly others: readonly (readonly [place: number, name: string])[];
  readonly dateOrder: DateOrder | null;
  /** What to assume when neither the caller nor the column says. */
  readonly likelyOrder: DateOrder;
}

/** How the caller wants a file to be read. */
export interface HowToRead extends Pick<TableOptions, 'dateOrder'> {
  /** The encoding that the caller declared. */
  readonly declared: string | null;
  readonly mapping?: TableMapping | null;
  /** The address of the account's own profile. */
  readonly ownProfile?: string | null;
}

/** A row of a file, with the line that it begins on. */
export interface FileRow {
  readonly line: number;
  readonly row: ReadRow;
}

/** A file that was gone through once, so that it is known to be whole and within its bounds. */
export interface OpenedFile {
  /** What the whole file shows, in words. */
  readonly notes: readonly string[];
  /** Its rows, a few at a time; other work runs between them. */
  readonly rows: AsyncIterable<readonly FileRow[]>;
}

/** The bytes of a file, from its beginning at each call. */
export type Parts = () => AsyncIterable<Buffer>;

/** The file cannot be imported; the message says why and what to do. */
export class UnreadableFile extends Error {}

/** The way into the contacts for one kind of file; a further kind is one more of these. */
export interface FileReader {
  /** The choice of `Import.source`, and the name of its external ids. */
  readonly source: ImportSource;
  /** What its rows are. */
  readonly brings: 'people' | 'messages';
  /** How contacts from it were met; null when the file does not tell. */
  readonly howWeMet: string | null;
  readonly tags: readonly string[];
  /** @throws Problem `unprocessable` for a file that is not of this kind; it says what to send instead */
  readonly planOf: (bytes: Buffer, how: HowToRead) => Promise<ImportPlan>;
  /** @throws UnreadableFile when the file cannot be read to its end */
  readonly open: (parts: Parts, plan: ImportPlan) => Promise<OpenedFile>;
}
