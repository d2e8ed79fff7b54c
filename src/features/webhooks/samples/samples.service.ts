import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import { EventActions } from '../../../platform/events/event-actions.js';
import type { Notice } from '../formats/message.js';
import { sampleNotice } from '../formats/sample.js';
import type { LoggedEvent } from './logged-event.js';

/** Notices to be shown: with all that one that leaves has, but links that act. */
@Injectable()
export class Samples {
  constructor(private readonly actions: EventActions) {}

  /** Of an event that never happened. */
  of(actor: Actor, event: EventType): Notice {
    return this.shown(actor, sampleNotice(event));
  }

  /** Of one that did. It is no delivery, so its id is the event's. */
  from(actor: Actor, logged: LoggedEvent): Notice {
    return this.shown(actor, { ...logged, eventId: logged.id, sample: false, timeZone: '', actions: [] });
  }

  private shown({ accountId, calendar: { timeZone } }: Actor, notice: Notice): Notice {
    const { type, timestamp, data } = notice;
    const textOf = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
    return {
      ...notice,
      timeZone,
      actions: this.actions.of(type, { accountId, timestamp, data, textOf, sample: true }),
    };
  }
}
