import { rendered } from '../formats/formats.js';
import { JSON_TYPE, RenderFailure, noticeOf } from '../formats/message.js';
import type { Rendered } from '../formats/message.js';
import { webhookEvents } from '../webhook.events.js';
import type { Claimed, Wishes } from './claim.sql.js';

/** A body begins with its type, so what is a sample shows without parsing. */
const SAMPLE = `{"type":"${webhookEvents.sample.name}",`;

/** The bytes of a delivery: for plain endpoints the claim's own; null when the endpoint's template fails with this event. */
export function messageOf({ id, eventId, body }: Claimed, wishes: Wishes | null): Rendered | null {
  if (body.startsWith(SAMPLE)) return sampleIn(body);
  if (!wishes) return { body, contentType: JSON_TYPE };
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
