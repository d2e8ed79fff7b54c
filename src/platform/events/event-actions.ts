import { Injectable } from '@nestjs/common';
import { holdsScope } from '../actor/actor.js';

/** An action on an event by a link: no key is needed, and it works once. */
export interface EventAction {
  /** A name for programs: `done`, `snooze_1w`. */
  readonly name: string;
  /** A title for people. */
  readonly title: string;
  readonly method: 'POST';
  readonly url: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** An event that is about to be sent. */
export interface LeavingEvent {
  readonly accountId: string;
  /** The scopes of whom it is sent to. */
  readonly scopes: readonly string[];
  /** The key of whom it is sent to; null where that has none. */
  readonly keyId: string | null;
  /** RFC 3339: when it happened. */
  readonly timestamp: string;
  /** Parsed on access. To read a few texts, use `textOf` instead. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A text property of its data, or null. Parsing all data for two properties would take 4 µs. */
  readonly textOf: (name: string) => string | null;
  /** Whether it is only a preview: its links have the usual form and do nothing. */
  readonly sample?: boolean;
}

type Offer = (event: LeavingEvent) => readonly EventAction[];

/**
 * The actions on events. Features register them, and the sender of events asks for them. Links are made when an event is sent and
 * never stored, so a reader of the log cannot act. The same event always gets the same links.
 */
@Injectable()
export class EventActions {
  private readonly offers = new Map<string, { readonly offer: Offer; readonly needs: string }>();

  /** The actions are offered only to receivers that hold the scope `needs`. */
  teach(eventNames: readonly string[], needs: string, offer: Offer): void {
    for (const name of eventNames) this.offers.set(name, { offer, needs });
  }

  /** Whether events of this type have actions. */
  has(eventName: string): boolean {
    return this.offers.has(eventName);
  }

  of(eventName: string, event: LeavingEvent): readonly EventAction[] {
    const known = this.offers.get(eventName);
    return known && holdsScope(event.scopes, known.needs) ? known.offer(event) : [];
  }
}
