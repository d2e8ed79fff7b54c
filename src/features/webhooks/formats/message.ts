import { isData } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import type { EventAction } from '../../../platform/events/event-actions.js';

/** An event on its way out, as a format reads it. */
export interface Notice {
  /** The delivery, which is the `webhook-id`. */
  readonly id: string;
  readonly eventId: string;
  /** `noun.past`, say `webhook.ping`. */
  readonly type: string;
  /** When it happened, RFC 3339. */
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: Data;
  /** The values that changed, as they were before. */
  readonly previous: Data | null;
  /** What can be done about it by a link, without a key. */
  readonly actions: readonly EventAction[];
  /** It never happened: somebody asked what it would look like. */
  readonly sample: boolean;
  /** The account's IANA zone, for times that people read. */
  readonly timeZone: string;
}

type Happened = Pick<Notice, 'type' | 'timestamp' | 'sequence'>;

/** What is sent. The same notice always gives the same bytes: nothing here reads a clock. */
export interface Rendered {
  readonly body: string;
  readonly contentType: string;
}

/** A notice cannot be put into the endpoint's format; the message says why. */
export class RenderFailure extends Error {}

export const JSON_TYPE = 'application/json';

export function asJson(value: unknown, contentType = JSON_TYPE): Rendered {
  return { body: JSON.stringify(value), contentType };
}

/** A body of the standard format, as the claim wrote it, together with what only the delivery knows. */
export function noticeOf(body: string, about: Pick<Notice, 'id' | 'eventId' | 'sample' | 'timeZone'>): Notice {
  const { type, timestamp, sequence, data, previous, actions } = JSON.parse(body) as Partial<Notice> & Happened;
  const parts = { data: isData(data) ? data : {}, previous: previous ?? null, actions: actions ?? [] };
  return { ...about, type, timestamp, sequence, ...parts };
}
