import { keepsCopies } from '../../platform/contract/belongings.js';
import { relate } from '../../platform/contract/relations.js';
import { staysHome } from '../../platform/contract/transfers.js';
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

/** An endpoint may answer with what it was sent. */
keepsCopies({
  table: 'attempts',
  redact: `update attempts a set response = null where a.account_id = $1 and a.response is not null and $2::uuid[] is not null and $3::text[] is not null
    and a.delivery_id in (select d.id from deliveries d join events e on e.account_id = $1 and e.id = d.event_id
      where d.account_id = $1 and e.data ->> 'erased' = 'true')`,
});

staysHome('Endpoints have secrets that only this installation can open, and send in its name.', 'webhooks');
staysHome('What was sent from here.', 'deliveries', 'attempts');
