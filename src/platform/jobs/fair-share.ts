/** Of a full batch, what one account may have while others wait. */
const SHARE = 0.25;
/**
 * A look for others passes over all that the greedy have. When nobody else had anything, the next look is this much later, and after each
 * further one that found nobody twice as much, up to the longest: so that others wait no longer than that.
 */
const LOOK_MS = 250;
const LONGEST_LOOK_MS = 1_000;

/**
 * Who takes more than a share of the batches of a job. While batches are full, these accounts get what the others leave, and at least
 * their share; so whoever has much to do waits for itself.
 */
export class FairShare {
  private readonly greedy = new Set<string>();
  private nextLook = -Infinity;
  private lookMs = LOOK_MS;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Empty while nobody takes too much. */
  get accounts(): readonly string[] {
    return [...this.greedy];
  }

  /** How much of a batch is for the others; 0 while nobody takes too much, and shortly after nobody else had anything. */
  othersOf(limit: number): number {
    if (this.greedy.size === 0 || this.now() < this.nextLook) return 0;
    return Math.max(1, limit - Math.ceil(limit * SHARE));
  }

  /** Notes whose rows a batch had, of which so many were for the others. A batch that was not full left nothing. */
  note(rows: readonly { readonly accountId: string }[], limit: number, others: number): void {
    if (rows.length < limit) {
      this.lookMs = LOOK_MS;
      return this.greedy.clear();
    }
    if (others > 0) this.looked(rows.every(({ accountId }) => this.greedy.has(accountId)));
    const counts = new Map<string, number>();
    for (const { accountId } of rows) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
    for (const [accountId, count] of counts) if (count > limit * SHARE) this.greedy.add(accountId);
  }

  private looked(inVain: boolean): void {
    if (inVain) this.nextLook = this.now() + this.lookMs;
    this.lookMs = inVain ? Math.min(LONGEST_LOOK_MS, this.lookMs * 2) : LOOK_MS;
  }
}
