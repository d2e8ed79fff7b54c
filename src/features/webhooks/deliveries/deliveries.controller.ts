import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/auth/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { Json } from '../../../platform/projection/json.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Acts, PathId } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { DeliveriesService } from './deliveries.service.js';
import { Delivery } from './delivery.entity.js';

@ApiTags('Deliveries')
@Controller('v1/deliveries')
export class DeliveriesController extends restOf(Delivery, { scope: 'webhooks' }) {
  constructor(private readonly deliveries: DeliveriesService) {
    super(deliveries);
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
