import type { Attacker } from './attacker.js';
import type { Seen } from './bystander-process.js';
import type { Child } from '../processes/child.js';
import type { Installation } from '../processes/installation.js';
import type { Receiver } from '../processes/receiver.js';
import { until } from '../harness/until.js';

interface Settlement {
  readonly id: string;
  readonly client: Attacker;
  readonly installation: Installation;
  readonly bystander: Child;
  readonly receiver: Receiver;
}

const PATH = '/others';
/** A ring that takes longer is lost, as far as its account can tell. */
const LOST_AFTER_MS = 20_000;
const RING_EVERY_MS = 500;

/** An account beside the attacker's: it is answered, and its reminders ring. */
export class Others {
  private constructor(private readonly home: Settlement) {}

  static async settle(home: Settlement): Promise<Others> {
    const url = `http://${home.receiver.host}${PATH}`;
    await home.receiver.trust(PATH, null);
    await home.client.make('POST', '/v1/webhooks', { url, eventTypes: ['reminder.due'] });
    return new Others(home);
  }

  /** Reminders of the next time, twice a second. */
  async remind(seconds: number): Promise<void> {
    const start = Date.now() + RING_EVERY_MS;
    const operations = Array.from({ length: (seconds * 1_000) / RING_EVERY_MS }, (_, n) => ({
      create: { title: `Ring ${n}`, dueAt: new Date(start + n * RING_EVERY_MS).toISOString() },
    }));
    await this.home.client.make('POST', '/v1/reminders/batch', { operations });
  }

  /** Begins to watch; answers what was seen since the last call. */
  watch(): Promise<Seen | null> {
    return this.home.bystander.ask({ order: 'watch' });
  }

  /** Ends watching. */
  report(): Promise<Seen> {
    return this.home.bystander.ask({ order: 'report' });
  }

  /** How late each ring of a period arrived at the account's endpoint, in milliseconds; `Infinity` for one that did not. */
  async lateness(from: Date, to: Date): Promise<number[]> {
    const due = await this.home.installation.rows<{ id: string; at: Date }>(
      'select id, rings_at as at from occurrences where account_id = $1 and rings_at between $2 and $3',
      [this.home.id, from, to],
    );
    const lost = (): boolean => Date.now() > to.getTime() + LOST_AFTER_MS;
    return until('the rings arrived, or are lost', async () => {
      const letters = (await this.home.receiver.letters()).filter(({ path }) => path === PATH);
      const arrived = new Map(letters.map(({ subject, at }) => [subject, at]));
      const late = due.map(({ id, at }) => (arrived.get(id) ?? Infinity) - at.getTime());
      return late.every(Number.isFinite) || lost() ? late : null;
    });
  }
}
