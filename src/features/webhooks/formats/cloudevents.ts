import { asJson } from './message.js';
import type { Notice, Rendered } from './message.js';

/**
 * Named after the project, not after the host that runs it, so that moving to another host does not change the identity
 * of events.
 */
const SOURCE = 'urn:kith';

/**
 * CloudEvents 1.0.2, structured content mode in JSON (JSON Event Format §3). `source` and `id` identify the event.
 * `sequence`, `previous`, `actions` and `sample` are extension attributes, which cannot be objects: `previous` and
 * `actions` are sent as JSON text.
 */
export function renderCloudEvent(notice: Notice): Rendered {
  const { eventId, type, timestamp, sequence, data, previous, actions, sample } = notice;
  const event = {
    specversion: '1.0',
    id: eventId,
    source: SOURCE,
    type: `kith.${type}`,
    ...(typeof data.id === 'string' ? { subject: data.id } : {}),
    time: timestamp,
    datacontenttype: 'application/json',
    sequence: String(sequence).padStart(16, '0'),
    ...(previous ? { previous: JSON.stringify(previous) } : {}),
    ...(actions.length > 0 ? { actions: JSON.stringify(actions) } : {}),
    ...(sample ? { sample: true } : {}),
    data,
  };
  return asJson(event, 'application/cloudevents+json; charset=utf-8');
}
