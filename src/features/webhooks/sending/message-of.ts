import type { EventActions } from '../../../platform/events/event-actions.js';
import { rendered } from '../formats/formats.js';
import { JSON_TYPE, RenderFailure, noticeOf } from '../formats/message.js';
import type { Notice, Rendered } from '../formats/message.js';
import { webhookEvents } from '../webhook.events.js';
import type { Claimed, Wishes } from './claim.sql.js';

/** What a body is made of. */
type Letter = Pick<Claimed, 'accountId' | 'id' | 'eventId'> & { readonly body: string };

/** Every body begins with its type. */
const TYPE = /^\{"type":"([a-z_.]+)"/;

/**
 * The bytes of a delivery: for plain endpoints the claim's own, with the links to act by at its end; null when the
 * endpoint's template fails with this event.
 */
export function messageOf(letter: Letter, wishes: Wishes | null, actions: EventActions): Rendered | null {
  const type = TYPE.exec(letter.body)?.[1] ?? '';
  if (type === webhookEvents.sample.name) return sampleIn(letter.body);
  const body = actions.has(type) ? withActions(type, letter, actions) : letter.body;
  if (!wishes) return { body, contentType: JSON_TYPE };
  const { id, eventId } = letter;
  try {
    return rendered(wishes, noticeOf(body, { id, eventId, sample: false, timeZone: wishes.timeZone }));
  } catch (error) {
    if (error instanceof RenderFailure) return null;
    throw error;
  }
}

/** A sample was rendered when it was asked for: the event's data is what to send. */
function sampleIn(text: string): Rendered {
  const { data } = JSON.parse(text) as { data: Rendered };
  return { body: data.body, contentType: data.contentType };
}

/** The log holds no links: they are made here, the same on every attempt. */
function withActions(type: string, { accountId, body }: Letter, actions: EventActions): string {
  const { timestamp, data } = JSON.parse(body) as Pick<Notice, 'timestamp' | 'data'>;
  const offered = actions.of(type, { accountId, timestamp, data });
  return offered.length === 0 ? body : `${body.slice(0, -1)},"actions":${JSON.stringify(offered)}}`;
}
