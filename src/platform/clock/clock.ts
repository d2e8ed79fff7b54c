/**
 * The only clock of the program. The database's clock decides what is due and whether a lease has ended, so that
 * processes with different clocks agree; `forSql` is null to say so. A test injects its own clock, which then controls both.
 */
export abstract class Clock {
  abstract now(): Date;
  abstract forSql(): Date | null;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  forSql(): null {
    return null;
  }
}
