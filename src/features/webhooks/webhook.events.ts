import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Delivery } from './deliveries/delivery.entity.js';
import { WebhookPreview } from './trials/trial.shapes.js';
import { Webhook } from './webhook.entity.js';

export const webhookEvents = {
  ...eventsOf(Webhook, {
    ping: 'A trial: sent to one endpoint only, when it is made and when it is asked for.',
    endpointDisabled: 'An endpoint was disabled: it answered 410, or failed for 120 hours. Other endpoints are told.',
  }),
  sample: declareEvent({
    name: 'webhook.sample',
    resource: WebhookPreview,
    scope: 'webhooks',
    sent: false,
    description: 'A sample of an event was sent to one endpoint, which got these bytes. Nothing else happened.',
  }),
  deliveryExhausted: declareEvent({
    name: 'webhook.delivery_exhausted',
    resource: Delivery,
    scope: 'webhooks',
    description: 'A delivery failed as often as the schedule allows. Other endpoints are told.',
  }),
};
