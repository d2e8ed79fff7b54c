import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import type { Actor } from '../auth/actor.js';

/** What may have become due: rows in the outbox, deliveries to send, reminders to ring, keys that changed. */
export type Topic = 'outbox' | 'deliveries' | 'reminders' | 'accounts';

/** The PostgreSQL channel all processes of an installation listen on; the payload is the topic. */
export const CHANNEL = 'kith';

const COALESCED_MS = 5;

/**
 * Tells every process that there may be work. A signal is only a wake-up: it may be lost, and polling finds the work
 * then. Signals are sent apart from transactions and at most once in 5 ms a topic, because a NOTIFY inside each
 * commit takes a lock that all writers of the database share.
 */
export class Wakeups {
  private readonly emitter = new EventEmitter({ captureRejections: false });
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

  /** A signal from another process. */
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
    const text = 'select pg_notify($1, topic) from unnest($2::text[]) topic';
    this.pool.query(text, [CHANNEL, topics]).catch(() => undefined);
  }
}
