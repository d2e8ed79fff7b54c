import { hidesCopies, seenData } from '../../../platform/contract/copies.js';
import type { EventActions } from '../../../platform/events/event-actions.js';
import { rendered } from '../formats/formats.js';
import type { Templates } from '../formats/templates.service.js';
import { JSON_TYPE, RenderFailure, noticeOf } from '../formats/message.js';
import type { Notice, Rendered } from '../formats/message.js';
import { webhookEvents } from '../webhook.events.js';
import type { Claimed, Wishes } from './claim.sql.js';

/** What a body is made from. */
type Letter = Pick<Claimed, 'accountId' | 'id' | 'eventId'> & {
  readonly body: string;
  readonly scopes: readonly string[];
  readonly keyId: string | null;
};

/** The beginning of every body that a claim writes. */
const HEAD = /^\{"type":"([a-z_.]+)","timestamp":"([^"]+)","sequence":\d+,"data":/;

/**
 * The bytes of a delivery. For the standard format they are those of the claim, with the action links at the end.
 * Why there are none, when the endpoint's template fails with this event.
 */
export async function messageOf(
  claimed: Letter,
  wishes: Wishes | null,
  { actions, templates }: { readonly actions: EventActions; readonly templates: Templates },
): Promise<Rendered | RenderFailure> {
  const head = HEAD.exec(claimed.body);
  const type = head?.[1] ?? '';
  if (type === webhookEvents.sample.name) return sampleIn(claimed.body);
  const letter = { ...claimed, body: seenBody(claimed, type) };
  const body = head && actions.has(type) ? withActions(letter, head, actions) : letter.body;
  if (!wishes) return { body, contentType: JSON_TYPE };
  const { id, eventId, accountId } = letter;
  const notice = noticeOf(body, { id, eventId, sample: false, timeZone: wishes.timeZone });
  try {
    return await rendered(wishes, notice, { templates, accountId });
  } catch (error) {
    if (error instanceof RenderFailure) return error;
    throw error;
  }
}

/** The body as the scopes of the endpoint's key allow to see it. */
function seenBody({ body, scopes }: Letter, type: string): string {
  if (!hidesCopies(scopes, type)) return body;
  const { data, previous, ...event } = JSON.parse(body) as Pick<Notice, 'data' | 'previous'>;
  const before = previous ? { previous: seenData(scopes, type, previous) } : {};
  return JSON.stringify({ ...event, data: seenData(scopes, type, data), ...before });
}

/** A sample was rendered when it was requested: the data of its event contains the bytes to send. */
function sampleIn(text: string): Rendered {
  const { data } = JSON.parse(text) as { data: Rendered };
  return { body: data.body, contentType: data.contentType };
}

/** The log contains no links. They are created here, the same on every attempt. */
function withActions({ accountId, body, scopes, keyId }: Letter, head: RegExpExecArray, actions: EventActions): string {
  const [{ length }, type = '', timestamp = ''] = head;
  const offered = actions.of(type, {
    accountId,
    keyId,
    timestamp,
    scopes,
    get data() {
      return (JSON.parse(body) as Pick<Notice, 'data'>).data;
    },
    textOf: (name) => textIn(body, length, name),
  });
  return offered.length === 0 ? body : `${body.slice(0, -1)},"actions":${JSON.stringify(offered)}}`;
}

/**
 * A text property of the object that begins at `from`, as PostgreSQL writes objects: without spaces, and with nested
 * values after the texts. Quotes inside a text are escaped, so only a key can match.
 */
function textIn(body: string, from: number, name: string): string | null {
  const key = `"${name}":"`;
  const at = body.indexOf(key, from);
  if (at < 0) return null;
  const begin = at + key.length;
  return body.slice(begin, body.indexOf('"', begin));
}
