import { Clock } from '../../src/platform/clock/clock.js';

/** A clock that stands still until the test moves it. The database's statements use it too. */
export class TestClock extends Clock {
  private current: Date;

  constructor(private readonly start = '2026-03-02T10:00:00.000Z') {
    super();
    this.current = new Date(start);
  }

  now(): Date {
    return new Date(this.current);
  }

  forSql(): Date {
    return this.now();
  }

  set(instant: string): void {
    this.current = new Date(instant);
  }

  /** Back to where it was when it was made. */
  reset(): void {
    this.set(this.start);
  }

  advance(milliseconds: number): void {
    this.current = new Date(this.current.getTime() + milliseconds);
  }
}
