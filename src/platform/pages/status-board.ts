import { Injectable } from '@nestjs/common';

/** A value about the whole installation for its operator. It reveals nothing about an account. */
export interface Gauge {
  /** Its Prometheus name: `kith_outbox_events`. */
  readonly name: string;
  /** Its meaning in a few words, for the landing page and for Prometheus. */
  readonly label: string;
  /** The value now; null when there is none. */
  readonly read: () => Promise<number | Date | null>;
}

export interface Reading {
  readonly gauge: Gauge;
  readonly value: number | Date | null;
}

/** The landing page needs no key, so the database is queried at most once in this time, in ms. */
const FRESH_MS = 1_000;

/** The gauges that features register for the landing page and the metrics. */
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
