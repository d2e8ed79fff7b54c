import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/auth/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { Json } from '../../../platform/projection/json.js';
import type { ObjectView, PageView } from '../../../platform/projection/view.js';
import { Acts, Lists, PathId, Reads } from '../../../platform/resources/answers.js';
import { SeenObject, SeenPage } from '../../../platform/resources/rest-view.js';
import { DeliveriesService } from './deliveries.service.js';
import { Delivery } from './delivery.entity.js';

@ApiTags('Deliveries')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Lists(Delivery, {
    needs: 'webhooks:read',
    operation: 'listDeliveries',
    summary: 'List deliveries, the newest first.',
  })
  page(@Caller() actor: Actor, @SeenPage(Delivery) view: PageView): Promise<Json> {
    return this.deliveries.page(actor, view);
  }

  @Reads(Delivery, {
    path: ':id',
    needs: 'webhooks:read',
    operation: 'getDelivery',
    summary: 'Read one delivery; `include=attempts` shows its attempts.',
  })
  one(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Delivery) view: ObjectView): Promise<Json> {
    return this.deliveries.one(actor, id, view);
  }

  @Acts(Delivery, null, {
    path: ':id/redelivery',
    needs: 'webhooks:write',
    operation: 'resendDelivery',
    summary: 'Send once more, under the same `webhook-id`.',
  })
  resend(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Delivery) view: ObjectView): Promise<Json> {
    return this.deliveries.resend(actor, id, view);
  }
}
