import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';
import { Log } from '../config/log.js';
import { Wakeups } from '../database/wakeups.js';
import type { Topic } from '../database/topics.js';

const POLL_MS = 1_000;

/** A job. `run` does one batch and returns whether there is more ('again'), when the next work is due, or null. */
export interface Job {
  readonly name: string;
  /** The topic that wakes it. Without a topic, it only polls. */
  readonly topic?: Topic;
  readonly run: () => Promise<'again' | Date | null>;
}

/**
 * Wakes jobs: on a signal, when the next thing is due, and once a second as a safety net. A tick only wakes the job;
 * the database decides what is due. A job never overlaps itself within a process.
 */
@Injectable()
export class Ticker implements OnApplicationShutdown {
  private readonly loops: Loop[] = [];

  constructor(
    private readonly config: Config,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  /** Runs a job from now on, in processes whose roles include `worker`. */
  add(job: Job): void {
    if (!this.config.roles.has('worker')) return;
    const loop = new Loop(job, this.log, this.clock);
    this.loops.push(loop);
    if (job.topic) this.wakeups.on(job.topic, () => loop.wake());
  }

  @Interval(POLL_MS)
  poll(): void {
    for (const loop of this.loops) loop.wake();
  }

  /** Waits for running jobs and starts no new ones. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}

class Loop {
  private running: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly job: Job,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  wake(): void {
    if (this.stopped) return;
    this.wanted = true;
    this.running ??= this.work().finally(() => this.rest());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  /** Without this, a wake-up between the last run and now would be lost until the next poll. */
  private rest(): void {
    this.running = null;
    if (this.wanted) this.wake();
  }

  private async work(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      try {
        const next = await this.job.run();
        if (next === 'again') this.wanted = true;
        else this.sleepUntil(next);
      } catch (error) {
        this.log.warn(`${this.job.name} failed and will be tried again`, 'Ticker', error);
        return;
      }
    }
  }

  /**
   * Only sleeps shorter than the poll need a timer; the poll covers longer ones. A Date has whole milliseconds, so the timer
   * waits one more: waking within the millisecond would be too early and run the job twice.
   */
  private sleepUntil(next: Date | null): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!next) return;
    const wait = next.getTime() - this.clock.now().getTime() + 1;
    if (wait < POLL_MS) this.timer = setTimeout(() => this.wake(), Math.max(0, wait));
  }
}
