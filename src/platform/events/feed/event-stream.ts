import { hidesCopies, seenData } from '../../contract/copies.js';
import { Problem } from '../../errors/problem.js';
import { isAfter } from '../log-position.js';
import type { LogPosition } from '../log-position.js';
import type { LogEvent } from './log-event.js';

/** How many events wait for one consumer at most. */
const MOST_WAITING = 1_000;

/** Which events a stream carries. */
export interface StreamOptions {
  readonly account: string;
  /** What its consumer may read. */
  readonly scopes: readonly string[];
  /** Names of events; null for all. */
  readonly types: ReadonlySet<string> | null;
  readonly subject: string | null;
  /** The ids of events that were there before the stream began, although they come after its position. */
  readonly known: ReadonlySet<string>;
}

/** What a stream needs from its feed. */
export interface StreamSource {
  /** The next part of the log after the stream's position, and whether it reaches the end. */
  replay(stream: EventStream): Promise<{ readonly events: readonly LogEvent[]; readonly atEnd: boolean }>;
  follow(stream: EventStream): void;
  leave(stream: EventStream): void;
}

interface Asking {
  readonly give: (result: IteratorResult<LogEvent>) => void;
  readonly fail: (problem: unknown) => void;
}

/**
 * One consumer's events, each once and in order. It first reads the events that it missed, as fast as the consumer takes them, and then
 * follows the feed. It is not a generator: a waiting generator cannot be returned, and would hang until the next event.
 */
export class EventStream implements AsyncIterableIterator<LogEvent> {
  private readonly waiting: LogEvent[] = [];
  private asking: Asking | null = null;
  private replaying: boolean;
  private ended = false;
  private failure: unknown = null;

  constructor(
    readonly wanted: StreamOptions,
    /** The position up to which the log was read. */
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

  /** The feed has read this event. */
  offer(event: LogEvent): void {
    if (this.ended || !isAfter(event.position, this.at)) return;
    this.at = event.position;
    if (!this.wants(event)) return;
    if (this.asking) {
      const { give } = this.asking;
      this.asking = null;
      return give({ done: false, value: this.seen(event) });
    }
    if (this.waiting.length < MOST_WAITING) this.waiting.push(this.seen(event));
    else this.fallBehind();
  }

  /** Ends after the waiting events: with an error, or as complete. */
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
      this.waiting.push(...events.filter((event) => this.wants(event)).map((event) => this.seen(event)));
      this.at = events.at(-1)?.position ?? this.at;
      if (!atEnd) return;
      this.replaying = false;
      this.source.follow(this);
    } catch (error) {
      this.end(error);
    }
  }

  /** Drops the waiting events: they are in the log and can be read again. */
  private fallBehind(): void {
    this.waiting.length = 0;
    const sentence =
      'The stream was read too slowly. Subscribe again with `after`, the id of the last event you received.';
    this.end(new Problem('slow_consumer', sentence));
  }

  /** Streams share an event: what its consumer may not read is left out of a copy. */
  private seen(event: LogEvent): LogEvent {
    const { scopes } = this.wanted;
    if (!hidesCopies(scopes, event.type)) return event;
    const { type, data, previous } = event;
    return { ...event, data: seenData(scopes, type, data as Data), previous: seenData(scopes, type, previous as Data) };
  }

  private wants({ id, type, subjectId }: LogEvent): boolean {
    const { types, subject, known } = this.wanted;
    return (types === null || types.has(type)) && (subject === null || subject === subjectId) && !known.has(id);
  }
}

type Data = Readonly<Record<string, unknown>> | null;

const DONE: IteratorResult<LogEvent> = { done: true, value: undefined };
