import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/auth/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { SelectedObject, SelectedPage } from '../../../platform/graphql/selection.js';
import type { Json } from '../../../platform/projection/json.js';
import type { ObjectView, PageView } from '../../../platform/projection/view.js';
import { ArgId, ListsPage, Mutates, ReadsOne } from '../../../platform/resources/graphql-answers.js';
import { DeliveriesService } from './deliveries.service.js';
import { Delivery } from './delivery.entity.js';

@Resolver(() => Delivery)
export class DeliveriesResolver {
  constructor(private readonly deliveries: DeliveriesService) {}

  @ListsPage(Delivery, { name: 'deliveries', needs: 'webhooks:read' })
  page(@Caller() actor: Actor, @SelectedPage(Delivery) view: PageView): Promise<Json> {
    return this.deliveries.page(actor, view);
  }

  @ReadsOne(Delivery, { name: 'delivery', needs: 'webhooks:read' })
  delivery(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Delivery) view: ObjectView): Promise<Json> {
    return this.deliveries.one(actor, id, view);
  }

  @Mutates(Delivery, {
    name: 'resendDelivery',
    needs: 'webhooks:write',
    description: 'Send once more, under the same `webhook-id`.',
  })
  resendDelivery(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @SelectedObject(Delivery) view: ObjectView,
  ): Promise<Json> {
    return this.deliveries.resend(actor, id, view);
  }
}
