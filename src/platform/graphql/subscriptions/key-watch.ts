import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ACTORS, Authenticator } from '../../auth/authenticator.js';
import { Wakeups } from '../../database/wakeups.js';

const SWEEP_MS = 1_000;
/** Sockets and streams of one key in one process. */
const MOST_STREAMS = 100;

/** Ends the streams of a key as soon as the key is revoked, in any process, or has expired. */
@Injectable()
export class KeyWatch implements OnApplicationShutdown {
  private readonly open = new Map<string, Set<() => void>>();
  private sweeping: NodeJS.Timeout | null = null;

  constructor(
    private readonly authenticator: Authenticator,
    wakeups: Wakeups,
  ) {
    // In the next turn, when the caches of keys have been cleared.
    wakeups.on(ACTORS, () => setImmediate(() => this.sweep()));
  }

  /** Calls `end` when the key of this token becomes invalid; the returned function stops the watch. */
  watch(token: string, end: () => void): () => void {
    const ends = this.open.get(token) ?? new Set();
    this.open.set(token, ends.add(end));
    this.sweeping ??= setInterval(() => this.sweep(), SWEEP_MS).unref();
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.open.get(token) === ends) this.open.delete(token);
      if (this.open.size === 0) this.rest();
    };
  }

  /** Whether this key has as many open streams as it may have. */
  isFull(token: string): boolean {
    return (this.open.get(token)?.size ?? 0) >= MOST_STREAMS;
  }

  onApplicationShutdown(): void {
    this.rest();
  }

  private sweep(): void {
    for (const token of this.open.keys()) void this.check(token);
  }

  /** While the database does not answer, the state is unknown; the next sweep tries again. */
  private async check(token: string): Promise<void> {
    const alive = await this.authenticator.authenticate(token).then(
      (actor) => actor !== null,
      () => true,
    );
    if (!alive) for (const end of [...(this.open.get(token) ?? [])]) end();
  }

  private rest(): void {
    if (this.sweeping) clearInterval(this.sweeping);
    this.sweeping = null;
  }
}
