import { relate } from '../../platform/contract/relations.js';
import { Attempt } from './deliveries/attempt.entity.js';
import { Delivery } from './deliveries/delivery.entity.js';
import { Webhook } from './webhook.entity.js';

relate(Webhook, 'deliveries', {
  description: 'What was sent here and what still is to be, the newest first.',
  to: () => Delivery,
  match: { webhookId: 'id' },
});

relate(Delivery, 'attempts', {
  description: 'Every attempt, the first first.',
  to: () => Attempt,
  match: { deliveryId: 'id' },
  first: 50,
  order: 'number',
});
