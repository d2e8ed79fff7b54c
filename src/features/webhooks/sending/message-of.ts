import type { EventActions } from '../../../platform/events/event-actions.js';
import { rendered } from '../formats/formats.js';
import type { Templates } from '../formats/templates.service.js';
import { JSON_TYPE, noticeOf } from '../formats/message.js';
import type { Notice, Rendered } from '../formats/message.js';
import { webhookEvents } from '../webhook.events.js';
import type { Claimed, Wishes } from './claim.sql.js';

/** What a body is made from. */
type Letter = Pick<Claimed, 'accountId' | 'id' | 'eventId'> & {
  readonly body: string;
  readonly scopes: readonly string[];
};

/** The beginning of every body that a claim writes. */
const HEAD = /^\{"type":"([a-z_.]+)","timestamp":"([^"]+)","sequence":\d+,"data":/;

/**
 * The bytes of a delivery. For the standard format they are those of the claim, with the action links at the end.
 * @throws RenderFailure when the endpoint's template fails with this event
 */
export async function messageOf(
  letter: Letter,
  wishes: Wishes | null,
  { actions, templates }: { readonly actions: EventActions; readonly templates: Templates },
): Promise<Rendered> {
  const head = HEAD.exec(letter.body);
  const type = head?.[1] ?? '';
  if (type === webhookEvents.sample.name) return sampleIn(letter.body);
  const body = head && actions.has(type) ? withActions(letter, head, actions) : letter.body;
  if (!wishes) return { body, contentType: JSON_TYPE };
  const { id, eventId, accountId } = letter;
  const notice = noticeOf(body, { id, eventId, sample: false, timeZone: wishes.timeZone });
  return rendered(wishes, notice, { templates, accountId });
}

/** A sample was rendered when it was requested: the data of its event contains the bytes to send. */
function sampleIn(text: string): Rendered {
  const { data } = JSON.parse(text) as { data: Rendered };
  return { body: data.body, contentType: data.contentType };
}

/** The log contains no links. They are created here, the same on every attempt. */
function withActions({ accountId, body, scopes }: Letter, head: RegExpExecArray, actions: EventActions): string {
  const [{ length }, type = '', timestamp = ''] = head;
  const offered = actions.of(type, {
    accountId,
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
