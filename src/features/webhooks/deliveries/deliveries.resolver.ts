import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/auth/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { SelectedObject } from '../../../platform/graphql/selection.js';
import type { Json } from '../../../platform/projection/json.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, Mutates } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { DeliveriesService } from './deliveries.service.js';
import { Delivery } from './delivery.entity.js';

@Resolver(() => Delivery)
export class DeliveriesResolver extends graphqlOf(Delivery, { scope: 'webhooks' }) {
  constructor(private readonly deliveries: DeliveriesService) {
    super(deliveries);
  }

  @Mutates(Delivery, {
    name: 'resendDelivery',
    needs: 'webhooks:write',
    description: 'Send once more, under the same `webhook-id`.',
  })
  resend(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Delivery) view: ObjectView): Promise<Json> {
    return this.deliveries.resend(actor, id, view);
  }
}
