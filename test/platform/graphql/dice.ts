/** Choices that a seed decides. */
export class Dice {
  constructor(private readonly random: () => number) {}

  protected times<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }

  protected one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  protected below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  protected chance(share: number): boolean {
    return this.random() < share;
  }
}
