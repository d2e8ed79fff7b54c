interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;
/** Where nobody looks on, such as in a log, each tenth is a line. */
const STEPS = 10;

/** How far long work is: a bar that is drawn over on a terminal, and a few lines elsewhere. */
export class ProgressLine {
  private shown = '';
  private step = 0;

  constructor(private readonly output: Output) {}

  /** @param total 0 while it is not known yet */
  show(done: number, total: number): void {
    if (total === 0) return;
    if (this.output.isTTY) return this.draw(done / total, `${done} of ${total} rows`);
    const step = Math.floor((done * STEPS) / total);
    if (step > this.step && done < total) this.output.write(`${done} of ${total} rows\n`);
    this.step = Math.max(this.step, step);
  }

  /** Leaves an empty line for what follows. */
  end(): void {
    if (this.shown !== '') this.output.write('\n');
    this.shown = '';
  }

  private draw(part: number, counts: string): void {
    const full = Math.round(part * WIDTH);
    const line = `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.floor(part * 100)} % ${counts}`;
    if (line === this.shown) return;
    this.output.write(`\r${line.padEnd(this.shown.length)}`);
    this.shown = line;
  }
}
