/** The ids of what is written already, by names, which are those of one thing each. */
export class Known {
  private readonly ids = new Map<string, string>();

  add(name: string, id: string): void {
    this.ids.set(name, id);
  }

  /** @throws Error for what is not written yet */
  id(name: string): string {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`${name} is named before it is there.`);
    return id;
  }
}
