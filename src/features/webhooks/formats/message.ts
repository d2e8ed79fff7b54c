import { isData } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import type { EventAction } from '../../../platform/events/event-actions.js';

/** An event that is being sent, as the formats read it. */
export interface Notice {
  /** The id of the delivery, which is the `webhook-id`. */
  readonly id: string;
  readonly eventId: string;
  /** `noun.past`, such as `webhook.ping`. */
  readonly type: string;
  /** When it happened, in RFC 3339. */
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: Data;
  /** The previous values of the properties that changed. */
  readonly previous: Data | null;
  /** The actions that a link carries out, without a key. */
  readonly actions: readonly EventAction[];
  /** Whether it is a sample that somebody asked for: the event did not happen. */
  readonly sample: boolean;
  /** The account's IANA time zone, for times that people read. */
  readonly timeZone: string;
}

type Happened = Pick<Notice, 'type' | 'timestamp' | 'sequence'>;

/** What is sent. The same notice always gives the same bytes, because nothing here reads a clock. */
export interface Rendered {
  readonly body: string;
  readonly contentType: string;
}

/** A notice cannot be written in the endpoint's format. The message says why. */
export class RenderFailure extends Error {
  constructor(
    message: string,
    /** What the log of attempts says. */
    readonly errorCode: 'template_failed' | 'template_too_slow' = 'template_failed',
  ) {
    super(message);
  }
}

export const JSON_TYPE = 'application/json';

export function asJson(value: unknown, contentType = JSON_TYPE): Rendered {
  return { body: JSON.stringify(value), contentType };
}

/** A body in the standard format, as the claim wrote it, with what only the delivery knows. */
export function noticeOf(body: string, about: Pick<Notice, 'id' | 'eventId' | 'sample' | 'timeZone'>): Notice {
  const { type, timestamp, sequence, data, previous, actions } = JSON.parse(body) as Partial<Notice> & Happened;
  const parts = { data: isData(data) ? data : {}, previous: previous ?? null, actions: actions ?? [] };
  return { ...about, type, timestamp, sequence, ...parts };
}

/** Whether a text is JSON. */
export function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
