import type { EventActions } from '../../../platform/events/event-actions.js';
import { rendered } from '../formats/formats.js';
import { JSON_TYPE, RenderFailure, noticeOf } from '../formats/message.js';
import type { Notice, Rendered } from '../formats/message.js';
import type { Claimed, Wishes } from './claim.sql.js';

/** The beginning of every body that a claim writes. */
const TYPE = /^\{"type":"([a-z_.]+)"/;

/**
 * The bytes of a delivery: for plain endpoints the claim's own, with the links to act by at its end; null when the
 * endpoint's template fails with this event.
 */
export function messageOf(claimed: Claimed, wishes: Wishes | null, actions: EventActions): Rendered | null {
  const body = withActions(claimed, actions);
  if (!wishes) return { body, contentType: JSON_TYPE };
  const { id, eventId } = claimed;
  try {
    return rendered(wishes, noticeOf(body, { id, eventId, sample: false, timeZone: wishes.timeZone }));
  } catch (error) {
    if (error instanceof RenderFailure) return null;
    throw error;
  }
}

/** The log holds no links: they are made here, the same on every attempt. */
function withActions({ accountId, body }: Claimed, actions: EventActions): string {
  const type = TYPE.exec(body)?.[1] ?? '';
  if (!actions.has(type)) return body;
  const { timestamp, data } = JSON.parse(body) as Pick<Notice, 'timestamp' | 'data'>;
  const offered = actions.of(type, { accountId, timestamp, data });
  return offered.length === 0 ? body : `${body.slice(0, -1)},"actions":${JSON.stringify(offered)}}`;
}
