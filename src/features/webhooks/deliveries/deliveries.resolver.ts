import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, Mutates } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryMessageService } from './delivery-message.service.js';
import { DeliveryMessage } from './delivery-message.shape.js';
import { Delivery } from './delivery.entity.js';

@Resolver(() => Delivery)
export class DeliveriesResolver extends graphqlOf(Delivery, { scope: 'webhooks' }) {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly messages: DeliveryMessageService,
  ) {
    super(deliveries);
  }

  @Query(() => DeliveryMessage, {
    nullable: true,
    name: 'deliveryMessage',
    description: 'Show the message of a delivery, in the format of its endpoint. Scope: `webhooks:read`.',
  })
  @Needs('webhooks:read')
  message(@Caller() actor: Actor, @ArgId() id: string): Promise<DeliveryMessage> {
    return this.messages.of(actor, id);
  }

  @Mutates(Delivery, {
    name: 'resendDelivery',
    needs: 'webhooks:write',
    description: 'Send a delivery again, with the same `webhook-id`.',
  })
  resend(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Delivery) view: ObjectView): Promise<JsonText> {
    return this.deliveries.resend(actor, id, view);
  }
}
