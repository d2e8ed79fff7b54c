/** Lets a caller wait for room. */
export class RoomWatch {
  private tell: (() => void) | null = null;

  constructor(private readonly hasRoom: () => boolean) {}

  /** Resolves when there is room, after `patience` milliseconds at the latest. */
  async wait(patience: number): Promise<void> {
    if (this.hasRoom()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.tell = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.tell = null;
  }

  /** There may be room now. */
  look(): void {
    if (this.tell && this.hasRoom()) this.tell();
  }
}
