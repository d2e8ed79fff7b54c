import type { DateOrder } from '../../../../kit/day-text.js';
import type { WantedFile } from './no-text.js';
import type { FileReader, ReadPerson, Skipped } from './reader.js';

/** A row of a table, by the names that a format gives its columns. */
export interface TableRow {
  /** The text of a column; empty when the file does not have it. */
  readonly field: (column: string) => string;
  readonly order: DateOrder;
}

/** What the header of a table looks like. */
export interface HeaderFormat {
  readonly file: WantedFile;
  /** The names of each column in the languages it is exported in, English first. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Columns that every row has and that say nothing of a person. */
  readonly ignored?: readonly string[];
  /** What the header must have, to be one. */
  readonly isHeader: (columns: Readonly<Record<string, number>>) => boolean;
  /** The required columns, for a refusal. */
  readonly wanted: string;
}

/** One kind of table of people: its columns, and what a row means. */
export interface TableFormat extends HeaderFormat, Pick<FileReader, 'source' | 'howWeMet' | 'tags'> {
  /** The columns whose dates decide the order of day and month. */
  readonly dateColumns: readonly string[];
  readonly read: (row: TableRow) => ReadPerson | Skipped;
}
