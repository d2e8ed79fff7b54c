/** What waits, by whom it belongs to: they take turns, however much one of them has. */
export class Turns<T> {
  private readonly waiting = new Map<string, T[]>();

  /** How much of one waits. */
  of(owner: string): number {
    return this.waiting.get(owner)?.length ?? 0;
  }

  add(owner: string, one: T): void {
    const others = this.waiting.get(owner);
    if (others) others.push(one);
    else this.waiting.set(owner, [one]);
  }

  /** Takes the first of the owner who has waited longest for a turn, and who may have one. */
  next(may: (owner: string) => boolean): { readonly owner: string; readonly one: T } | null {
    for (const [owner, [one, ...others]] of this.waiting) {
      if (one === undefined || !may(owner)) continue;
      this.waiting.delete(owner);
      if (others.length > 0) this.waiting.set(owner, others);
      return { owner, one };
    }
    return null;
  }
}
