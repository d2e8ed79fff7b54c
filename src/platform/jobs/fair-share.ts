/** Of a full batch, what one account may have while others wait. */
const SHARE = 0.25;

/**
 * Who takes more than a share of the batches of a job. While batches are full, these accounts get what the others leave, and at least
 * their share; so whoever has much to do waits for itself.
 */
export class FairShare {
  private readonly greedy = new Set<string>();

  /** Empty while nobody takes too much. */
  get accounts(): readonly string[] {
    return [...this.greedy];
  }

  /** How much of a batch is for the others. */
  othersOf(limit: number): number {
    return Math.max(1, limit - Math.ceil(limit * SHARE));
  }

  /** Notes whose rows a batch had. One that was not full left nothing. */
  note(rows: readonly { readonly accountId: string }[], limit: number): void {
    if (rows.length < limit) return this.greedy.clear();
    const counts = new Map<string, number>();
    for (const { accountId } of rows) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
    for (const [accountId, count] of counts) if (count > limit * SHARE) this.greedy.add(accountId);
  }
}
