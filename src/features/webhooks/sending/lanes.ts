import { LRUCache } from 'lru-cache';
import { AccountRooms } from './account-rooms.js';
import type { Appetite } from './claim.sql.js';
import { Lane } from './lane.js';
import type { Held } from './lane.js';

const SLOW_MS = 1_000;
const REMEMBERED = 10_000;
/** A window of 16 times the concurrent requests keeps them busy during a claim of about 10 ms. */
const WINDOW = 16;
/** What an endpoint may hold at first, while it keeps up, and when it is fast, as multiples of its concurrent requests. */
const FIRST_HELD = 8;
const MOST_HELD = 32;
const MOST_HELD_FAST = 64;
/** The smallest batch of new deliveries that is worth a statement. */
const FEWEST_NEW = 64;

/**
 * Decides which delivery is sent next. Endpoints take turns. Each has at most `each` concurrent requests, and all
 * together have `total`. An endpoint whose speed is unknown sends one probe. Slow endpoints share half of the requests
 * and unknown ones three quarters, so that quick ones always find room; of both, one account has at most a part.
 */
export class Lanes<T extends Held> {
  private readonly lanes = new Map<string, Lane<T>>();
  private readonly remembered = new LRUCache<string, Lane<T>['pace']>({ max: REMEMBERED });
  private queue: Lane<T>[] = [];
  private held = 0;
  private underWay = 0;
  private slowUnderWay = 0;
  /** Whether the last claim took all that it asked for. */
  private cut = false;
  private readonly accounts: AccountRooms;

  constructor(
    private readonly total: number,
    private readonly each: number,
  ) {
    this.accounts = new AccountRooms(total * WINDOW, total);
  }

  get isEmpty(): boolean {
    return this.held === 0;
  }

  /** How much to claim now, or null when there is no room. */
  appetite(): Appetite | null {
    const total = this.total * WINDOW - this.held;
    if (total <= 0) return null;
    const rooms = new Map([...this.lanes.values()].map((lane) => [lane.id, lane.room]));
    return { total, each: this.each * FIRST_HELD, rooms, accounts: this.accounts };
  }

  /** Takes in the result of a claim. */
  take(batch: readonly T[], { total, each, rooms }: Appetite): void {
    const counts = new Map<string, number>([...[...rooms.keys()].map((id) => [id, 0] as const), ...this.takeIn(batch)]);
    this.cut = this.isCut(batch, total);
    for (const [id, count] of counts) {
      const room = rooms.get(id) ?? each;
      const lane = this.lanes.get(id);
      if (lane && room > 0) this.filled(lane, count, room);
    }
  }

  /**
   * How many of the deliveries that are about to be created may be claimed at once. None for an endpoint that already
   * has deliveries waiting in the database: they are older.
   */
  appetiteForNew(): Appetite & { most: number } {
    const total = Math.max(0, this.total * WINDOW - this.held);
    const rooms = new Map([...this.lanes.values()].map((lane) => [lane.id, lane.more ? 0 : lane.room]));
    const paced = [...this.lanes.values()]
      .filter((lane) => lane.setsThePace)
      .map((lane) => (lane.more ? 0 : Math.min(lane.room, this.accounts.roomOf(lane.accountId))));
    const each = this.each * FIRST_HELD;
    const most = this.lanes.size > 0 ? Math.min(total, ...paced) : each;
    return { total, each, rooms, accounts: this.accounts, most: Math.max(FEWEST_NEW, most) };
  }

  /**
   * Takes in deliveries that were created and claimed at once. If some were created without being claimed (`left`),
   * they belong to endpoints whose room was smaller than the number of events.
   */
  takeNew(
    batch: readonly T[],
    { total, each, rooms }: Appetite,
    { events, left }: { events: number; left: boolean },
  ): void {
    const counts = this.takeIn(batch);
    for (const [id, count] of counts) {
      const lane = this.lanes.get(id);
      if (lane && count >= (rooms.get(id) ?? each)) this.widen(lane, count);
    }
    if (!left) return;
    this.cut ||= this.isCut(batch, total);
    for (const lane of this.lanes.values()) lane.more ||= (rooms.get(lane.id) ?? each) < events;
  }

  /** Whether there is room for a batch of new deliveries at the endpoints that limit them. */
  hasRoomForNew(): boolean {
    if (this.held * 2 > this.total * WINDOW) return false;
    for (const lane of this.lanes.values()) {
      const isHalfEmpty = lane.held * 2 <= lane.allowance && this.accounts.isHalfEmpty(lane.accountId);
      if ((lane.more || !isHalfEmpty) && lane.setsThePace) return false;
    }
    return true;
  }

  /** The next delivery to attempt, if one may start. */
  next(): T | null {
    for (let tries = this.queue.length; tries > 0 && this.underWay < this.total; tries -= 1) {
      const lane = this.queue.shift();
      const held = lane && this.mayStart(lane) ? lane.waiting.shift() : undefined;
      if (lane) this.requeue(lane);
      if (!lane || !held) continue;
      lane.underWay += 1;
      this.underWay += 1;
      this.accounts.start(lane.accountId, 1);
      if (lane.pace === 'slow') this.slowDown(lane, 1);
      return held;
    }
    return null;
  }

  /**
   * An attempt ended, or was not started (null). Returns the deliveries that a slow endpoint holds beyond its
   * concurrent requests, so that they can be released.
   */
  finished({ claimed }: T, durationMs: number | null): T[] {
    const lane = this.laneOf(claimed);
    lane.underWay -= 1;
    this.underWay -= 1;
    this.held -= 1;
    this.accounts.start(lane.accountId, -1);
    if (lane.pace === 'slow') this.slowDown(lane, -1);
    if (durationMs !== null) {
      lane.answered();
      this.repace(lane, durationMs < SLOW_MS ? 'quick' : 'slow');
    }
    const surplus = lane.pace === 'slow' ? lane.waiting.splice(this.each) : [];
    this.held -= surplus.length;
    this.accounts.hold(lane.accountId, -1 - surplus.length);
    lane.more ||= surplus.length > 0;
    this.line(lane);
    this.forget(lane);
    return surplus;
  }

  /** All deliveries that have not started, to be released. */
  drain(): T[] {
    const waiting = [...this.lanes.values()].flatMap((lane) => lane.waiting.splice(0));
    for (const { claimed } of waiting) this.accounts.hold(claimed.accountId, -1);
    this.held -= waiting.length;
    this.queue = [];
    return waiting;
  }

  /**
   * Whether to claim again. After a claim that reached its limit: when half of the window is free, because earlier
   * claims would be many and small. Otherwise: when one of these endpoints has sent half of what it may hold.
   */
  isHungry(webhookIds: Iterable<string> = this.lanes.keys()): boolean {
    const window = this.total * WINDOW;
    if (this.cut || this.held >= window) return this.held * 2 <= window;
    for (const id of webhookIds) {
      const lane = this.lanes.get(id);
      if (lane?.more && lane.held * 2 <= lane.allowance) return true;
    }
    return false;
  }

  private isCut(batch: readonly T[], total: number): boolean {
    return batch.length >= total || batch.some(({ claimed }) => this.accounts.isFull(claimed.accountId));
  }

  private takeIn(batch: readonly T[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const held of batch) {
      const { webhookId, accountId } = held.claimed;
      counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
      const lane = this.laneOf(held.claimed);
      this.accounts.hold(accountId, 1);
      lane.waiting.push(held);
      this.line(lane);
    }
    this.held += batch.length;
    return counts;
  }

  private laneOf({ webhookId: id, accountId }: T['claimed']): Lane<T> {
    const known = this.lanes.get(id);
    if (known) return known;
    const lane = new Lane<T>(id, accountId, this.each * FIRST_HELD);
    lane.pace = this.remembered.get(id) ?? 'unknown';
    this.lanes.set(id, lane);
    return lane;
  }

  /** A claim that reached its limit does not show which endpoints have more. */
  private filled(lane: Lane<T>, count: number, room: number): void {
    const isFull = count >= room;
    lane.more = isFull || (this.cut && (lane.more || count > 0));
    if (isFull) this.widen(lane, room);
    this.forget(lane);
  }

  /** An endpoint that keeps up may hold twice as much. */
  private widen(lane: Lane<T>, room: number): void {
    const keepsUp = lane.pace === 'quick' && room * 2 >= lane.allowance;
    const most = this.each * (lane.setsThePace ? MOST_HELD_FAST : MOST_HELD);
    if (keepsUp) lane.allowance = Math.max(lane.allowance, Math.min(lane.allowance * 2, most));
  }

  private mayStart(lane: Lane<T>): boolean {
    if (lane.underWay >= (lane.pace === 'unknown' ? 1 : this.each)) return false;
    if (lane.pace === 'quick') return true;
    if (!this.accounts.mayTry(lane.accountId, lane.pace === 'slow')) return false;
    return lane.pace === 'slow'
      ? this.slowUnderWay < Math.max(1, this.total / 2)
      : this.underWay < Math.max(1, this.total * 0.75);
  }

  private slowDown({ accountId }: Lane<T>, more: number): void {
    this.slowUnderWay += more;
    this.accounts.slowDown(accountId, more);
  }

  private repace(lane: Lane<T>, pace: 'quick' | 'slow'): void {
    this.remembered.set(lane.id, pace);
    if (lane.pace === pace) return;
    if (pace === 'slow') this.slowDown(lane, lane.underWay);
    if (lane.pace === 'slow') this.slowDown(lane, -lane.underWay);
    if (pace === 'slow') lane.allowance = this.each * 2;
    lane.pace = pace;
  }

  private line(lane: Lane<T>): void {
    if (lane.queued || lane.waiting.length === 0) return;
    lane.queued = true;
    this.queue.push(lane);
  }

  private requeue(lane: Lane<T>): void {
    lane.queued = false;
    this.line(lane);
  }

  private forget(lane: Lane<T>): void {
    if (lane.held === 0 && !lane.more) this.lanes.delete(lane.id);
  }
}
