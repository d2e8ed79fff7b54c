import { UnreadableFile } from './reader.js';

/** LinkedIn allows 30,000 connections, Google 25,000 contacts. */
const MOST_ROWS = 100_000;

/** Counts the rows of a file before anything is kept of it. */
export class RowCount {
  private total = 0;

  /** @throws UnreadableFile when there are more than an import takes */
  add(rows: number): void {
    this.total += rows;
    if (this.total > MOST_ROWS) throw new UnreadableFile(`The file has more than ${MOST_ROWS} rows: split it.`);
  }
}
