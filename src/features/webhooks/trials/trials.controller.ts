import { Body, Controller, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Creates, PathId, ReadsShape } from '../../../platform/resources/answers.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { Webhook } from '../webhook.entity.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { SendWebhookSampleInput, WebhookPreview } from './trial.shapes.js';
import { TrialsService } from './trials.service.js';

const EVENT_TYPE = {
  name: 'eventType',
  description: 'The event of the sample. Unset: the first one that the endpoint asks for.',
  example: 'reminder.due',
};

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id')
export class TrialsController {
  constructor(private readonly trials: TrialsService) {}

  @ReadsShape(WebhookPreview, [EVENT_TYPE], {
    path: 'preview',
    needs: 'webhooks:read',
    operation: 'getWebhookPreview',
    summary: 'Show the message that this endpoint would be sent for an event. Nothing is sent.',
  })
  @ApiResponse({ status: 422, description: 'The template fails with this event.' })
  preview(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<WebhookPreview> {
    return this.trials.preview(actor, id, query);
  }

  @Creates(Delivery, SendWebhookSampleInput, {
    path: 'sample',
    of: Webhook,
    needs: 'webhooks:write',
    operation: 'createWebhookSample',
    summary: 'Send a sample of an event to this endpoint only. Returns its delivery.',
  })
  sendSample(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: SendWebhookSampleInput,
    @SeenObject(Delivery) view: ObjectView,
  ): Promise<JsonText> {
    return this.trials.sendSample(actor, id, input, view);
  }
}
