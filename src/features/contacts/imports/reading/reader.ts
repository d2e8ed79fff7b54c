import type { DateOrder } from '../../../../kit/day-text.js';

/** A row of a file as a person, in the words of a contact. What the file does not say is null. */
export interface ReadPerson {
  /** What the source calls the person, the same in every export. */
  readonly externalId: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  /** The name of the LinkedIn profile. */
  readonly slug: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly metOn: string | null;
  /** What was not understood, in words. */
  readonly problems: readonly string[];
}

/** What a row is: a person, or nobody with the reason. */
export type ReadRow = ReadPerson | { readonly skipped: string };

/** How a file is to be read: decided when it arrives, so that a worker that takes over reads it in the same way. */
export interface ImportPlan {
  readonly charset: string;
  readonly skip: number;
  readonly delimiter: string;
  /** The number of the header's line. */
  readonly headerLine: number;
  /** The place of each column that was found. */
  readonly columns: Readonly<Record<string, number>>;
  readonly dateOrder: DateOrder | null;
  /** What to assume when neither the caller nor the column says. */
  readonly likelyOrder: DateOrder;
  readonly notes: readonly string[];
}

/** The way into the contacts for one kind of CSV file; a further kind is one more of these. */
export interface ContactReader {
  /** The choice of `Import.source`, and the name of its external ids. */
  readonly source: string;
  /** How contacts from it were met. */
  readonly howWeMet: string;
  readonly tags: readonly string[];
  /** The names of each column in the languages it is exported in. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** What the header must have, to be one. */
  readonly isHeader: (columns: Readonly<Record<string, number>>) => boolean;
  /** The required columns, for a refusal. */
  readonly wanted: string;
  /** The column whose dates decide the order of day and month. */
  readonly dateColumn: string;
  readonly read: (field: (column: string) => string, order: DateOrder) => ReadRow;
}
