import { Problem } from '../../errors/problem.js';
import { isAfter } from '../log-position.js';
import type { LogPosition } from '../log-position.js';
import type { LogEvent } from './log-event.js';

/** How many events wait for one consumer at most. */
const MOST_WAITING = 1_000;

/** Which events a stream carries. */
export interface StreamOptions {
  readonly account: string;
  /** Names of events; null for all. */
  readonly types: ReadonlySet<string> | null;
  readonly subject: string | null;
}

/** What a stream asks of the feed it belongs to. */
export interface StreamSource {
  /** The next stretch of the log after the stream's place, and whether it has come to the end. */
  replay(stream: EventStream): Promise<{ readonly events: readonly LogEvent[]; readonly atEnd: boolean }>;
  follow(stream: EventStream): void;
  leave(stream: EventStream): void;
}

interface Asking {
  readonly give: (result: IteratorResult<LogEvent>) => void;
  readonly fail: (problem: unknown) => void;
}

/**
 * One consumer's events, each once and in order. It reads what it missed by itself, as fast as it is asked, and then
 * follows the feed. It is no generator: a generator that waits cannot be returned, and would hang until the next event.
 */
export class EventStream implements AsyncIterableIterator<LogEvent> {
  private readonly waiting: LogEvent[] = [];
  private asking: Asking | null = null;
  private replaying: boolean;
  private ended = false;
  private failure: unknown = null;

  constructor(
    readonly wanted: StreamOptions,
    /** Everything up to here has been looked at. */
    public at: LogPosition,
    private readonly source: StreamSource,
    { replay }: { readonly replay: boolean },
  ) {
    this.replaying = replay;
    if (!replay) source.follow(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<LogEvent>> {
    while (this.replaying && this.waiting.length === 0 && !this.ended) await this.readOn();
    const event = this.waiting.shift();
    if (event) return { done: false, value: event };
    if (!this.ended) return new Promise((give, fail) => (this.asking = { give, fail }));
    const { failure } = this;
    this.failure = null;
    if (failure) throw failure;
    return DONE;
  }

  /** The consumer wants no more. */
  return(): Promise<IteratorResult<LogEvent>> {
    this.waiting.length = 0;
    this.end(null);
    return Promise.resolve(DONE);
  }

  /** The feed has come by this event. */
  offer(event: LogEvent): void {
    if (this.ended || !isAfter(event.position, this.at)) return;
    this.at = event.position;
    if (!this.wants(event)) return;
    if (this.asking) {
      const { give } = this.asking;
      this.asking = null;
      return give({ done: false, value: event });
    }
    if (this.waiting.length < MOST_WAITING) this.waiting.push(event);
    else this.fallBehind();
  }

  /** Ends after what waits: with a failure, or without one as complete. */
  end(failure: unknown): void {
    if (this.ended) return;
    this.ended = true;
    this.failure = failure;
    this.source.leave(this);
    const { asking } = this;
    this.asking = null;
    if (!asking) return;
    this.failure = null;
    if (failure) asking.fail(failure);
    else asking.give(DONE);
  }

  private async readOn(): Promise<void> {
    try {
      const { events, atEnd } = await this.source.replay(this);
      if (this.ended) return;
      this.waiting.push(...events.filter((event) => this.wants(event)));
      this.at = events.at(-1)?.position ?? this.at;
      if (!atEnd) return;
      this.replaying = false;
      this.source.follow(this);
    } catch (error) {
      this.end(error);
    }
  }

  /** What waits is let go: it is in the log, and can be read again. */
  private fallBehind(): void {
    this.waiting.length = 0;
    const sentence =
      'The stream is read too slowly. Subscribe again with `after`, the id of the last event you received.';
    this.end(new Problem('slow_consumer', sentence));
  }

  private wants({ type, subjectId }: LogEvent): boolean {
    const { types, subject } = this.wanted;
    return (types === null || types.has(type)) && (subject === null || subject === subjectId);
  }
}

const DONE: IteratorResult<LogEvent> = { done: true, value: undefined };
