import { Controller } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Acts, PathId, ReadsShape } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryMessageService } from './delivery-message.service.js';
import { DeliveryMessage } from './delivery-message.shape.js';
import { Delivery } from './delivery.entity.js';

@ApiTags('Deliveries')
@Controller('v1/deliveries')
export class DeliveriesController extends restOf(Delivery, { scope: 'webhooks' }) {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly messages: DeliveryMessageService,
  ) {
    super(deliveries);
  }

  @ReadsShape(DeliveryMessage, [], {
    path: ':id/message',
    needs: 'webhooks:read',
    operation: 'getDeliveryMessage',
    summary: 'Show the message of a delivery, in the format of its endpoint.',
  })
  @ApiResponse({ status: 422, description: 'The template fails with this event.' })
  message(@Caller() actor: Actor, @PathId() id: string): Promise<DeliveryMessage> {
    return this.messages.of(actor, id);
  }

  @Acts(Delivery, null, {
    path: ':id/redelivery',
    needs: 'webhooks:write',
    operation: 'resendDelivery',
    summary: 'Send a delivery again, with the same `webhook-id`.',
  })
  resend(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Delivery) view: ObjectView): Promise<JsonText> {
    return this.deliveries.resend(actor, id, view);
  }
}
