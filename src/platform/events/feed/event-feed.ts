import { Injectable } from '@nestjs/common';
import { isId } from '../../../kit/ids.js';
import type { Actor } from '../../actor/actor.js';
import { Log } from '../../config/log.js';
import { Database } from '../../database/database.js';
import { OUTBOX } from '../../database/topics.js';
import { Wakeups } from '../../database/wakeups.js';
import { Problem } from '../../errors/problem.js';
import { expired, isAfter } from '../log-position.js';
import type { LogPosition } from '../log-position.js';
import { visibleTypes } from '../visible-types.js';
import { EventStream } from './event-stream.js';
import type { StreamSource } from './event-stream.js';
import { nextOfAll, nextOfOne, placeOfEvent, placeOfNow } from './feed.sql.js';
import { eventOf } from './log-event.js';
import type { EventRow, LogEvent } from './log-event.js';

/** Streams of one key in one process. */
const MOST_STREAMS = 100;
/** Events of one account in one reading. */
const BATCH = 500;
const POLL_MS = 1_000;
/** How soon to look again for events that an open transaction holds back; doubled each time. */
const HELD_BACK_MS = 5;

/** What a stream subscribes to. */
export interface Following {
  /** Names and patterns of events; null for all that the key may see. */
  readonly types: readonly string[] | null;
  /** Only events about this resource. */
  readonly subject: string | null;
  /** The id of the last event that the caller has. */
  readonly after: string | null;
}

/** The streams of one account, and how far its log has been read for them. */
interface Group {
  at: LogPosition;
  readonly streams: Set<EventStream>;
}

/**
 * Distributes the log to streams. A process reads each event once, regardless of the number of streams, when it is
 * woken and once a second; without streams it reads nothing.
 */
@Injectable()
export class EventFeed implements StreamSource {
  private readonly groups = new Map<string, Group>();
  /** Streams that join at the next reading, because a reading that is in progress began at another position. */
  private readonly joining = new Set<EventStream>();
  private readonly owners = new Map<EventStream, string>();
  private readonly counts = new Map<string, number>();
  private poll: NodeJS.Timeout | null = null;
  private retry: NodeJS.Timeout | null = null;
  private patience = HELD_BACK_MS;
  private reading: Promise<void> | null = null;
  private wanted = false;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    wakeups: Wakeups,
  ) {
    wakeups.on(OUTBOX, () => this.wake());
  }

  /** @throws Problem `expired_token` when `after` is no event of this account, or what followed it may be forgotten. */
  async subscribe(actor: Actor, { types, subject: given, after }: Following): Promise<EventStream> {
    if (given !== null && !isId(given)) throw Problem.field('subject', 'isId', 'subject must be the id of a resource.');
    const subject = given?.toLowerCase() ?? null;
    const names = visibleTypes(actor, types);
    const owner = actor.keyId ?? actor.accountId;
    if (this.closed) throw new Problem('unavailable', 'This process is stopping. Try another.');
    this.count(owner, 1);
    try {
      const { at, known } = await (after === null ? this.placeOfNow(actor) : this.placeOf(actor, after));
      const { accountId: account, scopes } = actor;
      const wanted = { account, scopes, types: names && new Set(names), subject, known };
      const stream = new EventStream(wanted, at, this, { replay: after !== null });
      this.owners.set(stream, owner);
      return stream;
    } catch (error) {
      this.count(owner, -1);
      throw error;
    }
  }

  follow(stream: EventStream): void {
    this.joining.add(stream);
    this.poll ??= setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  leave(stream: EventStream): void {
    const { account } = stream.wanted;
    this.joining.delete(stream);
    const group = this.groups.get(account);
    group?.streams.delete(stream);
    if (group?.streams.size === 0) this.groups.delete(account);
    const owner = this.owners.get(stream);
    if (owner) this.count(owner, -1);
    this.owners.delete(stream);
    if (this.owners.size === 0) this.rest();
  }

  async replay({ wanted: { account }, at }: EventStream): Promise<{ events: LogEvent[]; atEnd: boolean }> {
    const rows = await this.database.system<EventRow & { expired: boolean }>(nextOfOne({ account, at }, BATCH));
    if (rows[0]?.expired) throw expired('after');
    const settled = rows.filter(({ id, settled }) => id !== null && settled);
    return { events: settled.map(({ expired: _, ...row }) => eventOf(row)), atEnd: settled.length < BATCH };
  }

  /** Completes every stream and accepts no new one. */
  complete(): void {
    this.closed = true;
    for (const stream of [...this.owners.keys()]) stream.end(null);
  }

  private async placeOfNow(actor: Actor): Promise<Start> {
    return startOf(await this.database.read<LogPlace>(actor, placeOfNow(actor.accountId)));
  }

  private async placeOf(actor: Actor, after: string): Promise<Start> {
    if (!isId(after)) throw Problem.field('after', 'isId', 'after must be the id of an event.');
    return startOf(await this.database.read<LogPlace>(actor, placeOfEvent(actor.accountId, after)));
  }

  private count(owner: string, more: 1 | -1): void {
    const count = (this.counts.get(owner) ?? 0) + more;
    if (count > MOST_STREAMS) {
      throw new Problem('too_many_requests', `A key has at most ${MOST_STREAMS} open subscriptions in a process.`);
    }
    if (count > 0) this.counts.set(owner, count);
    else this.counts.delete(owner);
  }

  private wake(): void {
    if (this.joining.size === 0 && this.groups.size === 0) return;
    this.wanted = true;
    this.reading ??= this.readOn().finally(() => {
      this.reading = null;
      if (this.wanted) this.wake();
    });
  }

  private async readOn(): Promise<void> {
    while (this.wanted) {
      this.wanted = false;
      this.admit();
      if (this.groups.size === 0) return;
      try {
        await this.readAll();
      } catch (error) {
        this.log.warn('the log could not be read and will be tried again', 'EventFeed', error);
        return;
      }
    }
  }

  /** New streams join; an account's reading goes back to the earliest of them, and the others ignore what they had. */
  private admit(): void {
    for (const stream of this.joining) {
      const { account } = stream.wanted;
      const group = this.groups.get(account) ?? { at: stream.at, streams: new Set() };
      if (isAfter(group.at, stream.at)) group.at = stream.at;
      group.streams.add(stream);
      this.groups.set(account, group);
    }
    this.joining.clear();
  }

  private async readAll(): Promise<void> {
    const places = [...this.groups].map(([account, { at }]) => ({ account, at }));
    const rows = await this.database.system<EventRow>(nextOfAll(places, BATCH));
    const settled = new Map(places.map(({ account }) => [account, [] as LogEvent[]]));
    for (const row of rows) if (row.settled) settled.get(row.accountId)?.push(eventOf(row));
    for (const [account, events] of settled) {
      this.spread(account, events);
      if (events.length === BATCH) this.wanted = true;
    }
    this.lookAgain(rows.some((row) => !row.settled));
  }

  private spread(account: string, events: readonly LogEvent[]): void {
    const group = this.groups.get(account);
    if (!group) return;
    for (const event of events) for (const stream of group.streams) stream.offer(event);
    group.at = events.at(-1)?.position ?? group.at;
  }

  /** There is no signal when a transaction ends that recorded nothing, so the events that it held back are looked for again. */
  private lookAgain(heldBack: boolean): void {
    this.patience = heldBack ? Math.min(this.patience * 2, POLL_MS) : HELD_BACK_MS;
    if (this.retry) clearTimeout(this.retry);
    this.retry = heldBack ? setTimeout(() => this.wake(), this.patience).unref() : null;
  }

  private rest(): void {
    if (this.poll) clearInterval(this.poll);
    if (this.retry) clearTimeout(this.retry);
    this.poll = null;
    this.retry = null;
  }
}

interface LogPlace {
  readonly transaction: string;
  readonly sequence: number;
  readonly known?: readonly string[];
}

/** Where a stream begins, and the events behind that place which are not new to it. */
interface Start {
  readonly at: LogPosition;
  readonly known: ReadonlySet<string>;
}

function startOf([place]: readonly LogPlace[]): Start {
  if (!place) throw expired('after');
  const { transaction, sequence, known = [] } = place;
  return { at: { transaction: Number(transaction), sequence: Number(sequence) }, known: new Set(known) };
}
