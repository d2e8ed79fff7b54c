import { Injectable } from '@nestjs/common';

/** Something about the whole installation that an operator watches. It tells of no account. */
export interface Gauge {
  /** Its Prometheus name: `kith_outbox_events`. */
  readonly name: string;
  /** Its meaning in a few words, for the first screen and for Prometheus. */
  readonly label: string;
  /** The value now; null when there is none. */
  readonly read: () => Promise<number | Date | null>;
}

export interface Reading {
  readonly gauge: Gauge;
  readonly value: number | Date | null;
}

/** The first screen asks without a key, so however often it is asked, the database is asked once in this time. */
const FRESH_MS = 1_000;

/** What features teach the first screen and the metrics to show. */
@Injectable()
export class StatusBoard {
  private readonly gauges: Gauge[] = [];
  private last: { readonly at: number; readonly readings: Promise<readonly Reading[]> } | null = null;

  teach(gauge: Gauge): void {
    this.gauges.push(gauge);
  }

  /** @throws what a gauge throws while the database does not answer. */
  readings(): Promise<readonly Reading[]> {
    const now = performance.now();
    if (this.last && now - this.last.at < FRESH_MS) return this.last.readings;
    const readings = Promise.all(this.gauges.map(async (gauge) => ({ gauge, value: await gauge.read() })));
    this.last = { at: now, readings };
    return readings;
  }
}
