import { relate } from '../../platform/contract/relations.js';
import { Attempt } from './deliveries/attempt.entity.js';
import { Delivery } from './deliveries/delivery.entity.js';
import { Webhook } from './webhook.entity.js';

relate(Webhook, 'deliveries', {
  description: 'What was sent to it and what is still to be sent, newest first.',
  to: () => Delivery,
  match: { webhookId: 'id' },
});

relate(Delivery, 'attempts', {
  description: 'Its attempts, oldest first.',
  to: () => Attempt,
  match: { deliveryId: 'id' },
  first: 50,
  order: 'number',
});
