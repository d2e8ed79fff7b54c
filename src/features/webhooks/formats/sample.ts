import { answerExample } from '../../../platform/contract/examples.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import type { Notice } from './message.js';

const ID = '01977f2e-6c00-7000-8000-0123456789ab';
const INSTANT = '2026-03-02T10:00:00.000Z';

/** A complete notice of an event, to try a template with. */
export function sampleNotice({ name, resource }: EventType): Notice {
  const about = { id: ID, eventId: ID, timestamp: INSTANT, sequence: 1, previous: null, timeZone: 'UTC', actions: [] };
  return { ...about, type: name, data: answerExample(resource), sample: true };
}
