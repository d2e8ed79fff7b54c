import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../actor/actor.js';

/** The kinds of work: rows in the outbox, deliveries to send, reminders to ring, keys that changed. */
export type Topic = 'outbox' | 'deliveries' | 'reminders' | 'accounts';

/** The PostgreSQL channel all processes of an installation listen on; the payload is the topic and the sender. */
export const CHANNEL = 'kith';

const COALESCED_MS = 5;

/**
 * Tells every process that there may be work. A signal only wakes a process earlier: if it is lost, polling finds the
 * work. Signals are sent outside transactions and at most once in 5 ms for each topic, because a NOTIFY inside each
 * commit takes a lock that all writers of the database share.
 */
export class Wakeups {
  private readonly emitter = new EventEmitter({ captureRejections: false });
  private readonly self = newId();
  private readonly pending = new Set<Topic>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly pool: Pool) {}

  /** Wakes this process at once and the others through PostgreSQL; inside a unit of work, when it is committed. */
  signal(topic: Topic, actor?: Actor): void {
    if (actor?.unit) return actor.unit.after(() => this.signal(topic));
    this.arrived(topic);
    this.pending.add(topic);
    this.timer ??= setTimeout(() => this.send(), COALESCED_MS);
  }

  on(topic: Topic, listener: () => void): void {
    this.emitter.on(topic, listener);
  }

  /** Receives a signal through PostgreSQL. Signals of this process are ignored, because they have woken it already. */
  heard(payload: string): void {
    const [topic = '', from] = payload.split(' ');
    if (from !== this.self) this.arrived(topic);
  }

  /** There may be work for this process. */
  arrived(topic: string): void {
    this.emitter.emit(topic);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.emitter.removeAllListeners();
  }

  private send(): void {
    const topics = [...this.pending];
    this.pending.clear();
    this.timer = null;
    const text = `select pg_notify($1, topic || ' ' || $3::text) from unnest($2::text[]) topic`;
    this.pool.query(text, [CHANNEL, topics, this.self]).catch(() => undefined);
  }
}
