/** Keeps the soonest of what is added, at most so many, so that what lies behind them need not be counted out. */
export class Soonest<T> {
  private kept: T[] = [];
  private latest = Infinity;

  constructor(
    private readonly most: number,
    private readonly at: (item: T) => Date,
  ) {}

  /** What is at or after this has no place, in milliseconds since the epoch. */
  get until(): number {
    return this.latest;
  }

  add(items: readonly T[]): void {
    this.kept.push(...items);
    if (this.kept.length < this.most) return;
    this.kept = this.inOrder().slice(0, this.most);
    const last = this.kept.at(-1);
    if (last) this.latest = this.at(last).getTime();
  }

  /** The soonest first. */
  inOrder(): T[] {
    return [...this.kept].sort((a, b) => this.at(a).getTime() - this.at(b).getTime());
  }
}
