import { rendered } from '../formats/formats.js';
import { JSON_TYPE, RenderFailure, noticeOf } from '../formats/message.js';
import type { Rendered } from '../formats/message.js';
import type { Claimed, Wishes } from './claim.sql.js';

/** The bytes of a delivery: for plain endpoints the claim's own; null when the endpoint's template fails with this event. */
export function messageOf({ id, eventId }: Claimed, body: string, wishes: Wishes | null): Rendered | null {
  if (!wishes) return { body, contentType: JSON_TYPE };
  try {
    return rendered(wishes, noticeOf(body, { id, eventId, sample: false, timeZone: wishes.timeZone }));
  } catch (error) {
    if (error instanceof RenderFailure) return null;
    throw error;
  }
}
