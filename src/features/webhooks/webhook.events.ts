import { textOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Delivery } from './deliveries/delivery.entity.js';
import { WebhookPreview } from './trials/trial.shapes.js';
import { Webhook } from './webhook.entity.js';

const REASONS: Readonly<Record<string, string>> = {
  gone: 'it says that it is gone',
  key_revoked: 'its key was revoked',
  key_expired: 'its key has expired',
  erased: 'a setting of it mentioned what was erased',
};

export const webhookEvents = {
  ...eventsOf(Webhook, {
    ping: {
      description: 'A trial, sent to one endpoint only: when the endpoint is created, and on request.',
      sentence: () => 'Kith is connected: what you asked for will arrive here',
    },
    endpointDisabled: {
      description:
        'An endpoint was disabled: it answered 410, failed for 120 hours, its key has ended, or a setting of it mentioned what was erased. Sent to the other endpoints.',
      sentence: (data) => {
        const reason = REASONS[textOf(data, 'disabledReason') ?? ''] ?? 'it failed for 120 hours';
        return `Nothing is sent to ${placeOf(data)} any more: ${reason}`;
      },
    },
  }),
  sample: declareEvent({
    name: 'webhook.sample',
    resource: WebhookPreview,
    scope: 'webhooks',
    sent: false,
    description: 'A sample of an event was sent to one endpoint, with these bytes. The event itself did not happen.',
    sentence: (data) => `A sample of ${textOf(data, 'eventType') ?? 'an event'} was sent`,
  }),
  deliveryExhausted: declareEvent({
    name: 'webhook.delivery_exhausted',
    resource: Delivery,
    scope: 'webhooks',
    description: 'A delivery failed as often as the schedule allows. Sent to the other endpoints.',
    sentence: ({ attemptCount, ...data }) => {
      const attempts = `${String(attemptCount)} ${attemptCount === 1 ? 'attempt' : 'attempts'}`;
      return `A delivery of ${textOf(data, 'eventType') ?? 'an event'} was given up after ${attempts}`;
    },
  }),
};

/** Only the host: the paths of chat endpoints are secrets. */
function placeOf(data: Data): string {
  const url = textOf(data, 'url');
  return (url && /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]) ?? 'an endpoint';
}
