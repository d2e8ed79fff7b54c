import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { seenData } from '../../../platform/contract/copies.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import { EventActions } from '../../../platform/events/event-actions.js';
import type { Notice } from '../formats/message.js';
import { sampleNotice } from '../formats/sample.js';
import type { LoggedEvent } from './logged-event.js';

/** Notices to be shown. They have everything that a sent notice has, but their action links do nothing. */
@Injectable()
export class Samples {
  constructor(private readonly actions: EventActions) {}

  /** A notice of an event that did not happen. */
  of(actor: Actor, event: EventType): Notice {
    return this.shown(actor, sampleNotice(event));
  }

  /** A notice of an event that happened. It is not a delivery, so its id is that of the event. */
  from(actor: Actor, logged: LoggedEvent): Notice {
    const { scopes } = actor;
    const data = seenData(scopes, logged.type, logged.data);
    const previous = seenData(scopes, logged.type, logged.previous);
    return this.shown(actor, {
      ...logged,
      data,
      previous,
      eventId: logged.id,
      sample: false,
      timeZone: '',
      actions: [],
    });
  }

  private shown({ accountId, keyId, scopes, calendar: { timeZone } }: Actor, notice: Notice): Notice {
    const { type, timestamp, data } = notice;
    const textOf = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
    return {
      ...notice,
      timeZone,
      actions: this.actions.of(type, { accountId, keyId, scopes, timestamp, data, textOf, sample: true }),
    };
  }
}
