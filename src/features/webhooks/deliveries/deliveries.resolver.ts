import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/auth/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { SelectedObject, SelectedPage } from '../../../platform/graphql/selection.js';
import type { Json } from '../../../platform/projection/json.js';
import type { ObjectView, PageView } from '../../../platform/projection/view.js';
import { ArgId, ListsPage, Mutates } from '../../../platform/resources/graphql-face.js';
import { DeliveriesService } from './deliveries.service.js';
import { Delivery } from './delivery.entity.js';

@Resolver(() => Delivery)
export class DeliveriesResolver {
  constructor(private readonly deliveries: DeliveriesService) {}

  @ListsPage(Delivery, { name: 'deliveries', needs: 'webhooks:read' })
  page(@Caller() actor: Actor, @SelectedPage(Delivery) view: PageView): Promise<Json> {
    return this.deliveries.page(actor, view);
  }

  @Query(() => Delivery, { description: 'Read one delivery. Scope: `webhooks:read`.' })
  @Needs('webhooks:read')
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
