import { Injectable } from '@nestjs/common';

/** Something that can be done about an event by whoever holds the link: no key is needed, and it works once. */
export interface EventAction {
  /** A word for programs: `done`, `snooze_1w`. */
  readonly name: string;
  /** A word or two for people. */
  readonly title: string;
  readonly method: 'POST';
  readonly url: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** An event that is about to leave. */
export interface LeavingEvent {
  readonly accountId: string;
  /** RFC 3339: when it happened. */
  readonly timestamp: string;
  /** Whoever needs a text or two takes `textOf`: this is parsed when it is asked for. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A text of its data, or null: read on demand, since to parse the whole of it for two of them costs 4 µs. */
  readonly textOf: (name: string) => string | null;
  /** It is only shown: the links look as they would, and do nothing. */
  readonly sample?: boolean;
}

type Offer = (event: LeavingEvent) => readonly EventAction[];

/**
 * What can be done about events. Features teach it; who sends events asks. Links are made when an event leaves and are
 * kept nowhere, so neither the log nor whoever may only read it holds one. The same event always gives the same links.
 */
@Injectable()
export class EventActions {
  private readonly offers = new Map<string, Offer>();

  teach(eventNames: readonly string[], offer: Offer): void {
    for (const name of eventNames) this.offers.set(name, offer);
  }

  /** Is there ever anything to do about such an event? */
  has(eventName: string): boolean {
    return this.offers.has(eventName);
  }

  of(eventName: string, event: LeavingEvent): readonly EventAction[] {
    return this.offers.get(eventName)?.(event) ?? [];
  }
}
