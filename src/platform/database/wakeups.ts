import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { newId } from '../../kit/ids.js';
import type { Topic } from './topics.js';

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
  private readonly pending = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly pool: Pool) {}

  /** Wakes this process at once and the others through PostgreSQL. Inside a transaction, use `tx.wake(topic)` instead. */
  signal(topic: Topic): void {
    this.arrived(topic);
    this.pending.add(topic.name);
    this.timer ??= setTimeout(() => this.send(), COALESCED_MS);
  }

  on(topic: Topic, listener: () => void): void {
    this.emitter.on(topic.name, listener);
  }

  /** Receives a signal through PostgreSQL. Signals of this process are ignored, because they have woken it already. */
  heard(payload: string): void {
    const [name = '', from] = payload.split(' ');
    if (from !== this.self) this.emitter.emit(name);
  }

  /** There may be work for this process. */
  arrived({ name }: Topic): void {
    this.emitter.emit(name);
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
