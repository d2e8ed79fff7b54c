import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { payloadOf } from '../../../platform/contract/payloads.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, ArgInput, MutatesInto } from '../../../platform/resources/graphql-answers.js';
import { Webhook } from '../webhook.entity.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { SendWebhookSampleInput, WebhookPreview } from './trial.shapes.js';
import { TrialsService } from './trials.service.js';

const EVENT_TYPE = 'The event of the sample. Unset: the first one that the endpoint asks for.';

@Resolver()
export class TrialsResolver {
  constructor(private readonly trials: TrialsService) {}

  @Query(() => WebhookPreview, {
    nullable: true,
    name: 'webhookPreview',
    description:
      'Show the message that an endpoint would be sent for an event. Nothing is sent. Scope: `webhooks:read`.',
  })
  @Needs('webhooks:read')
  preview(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @Args('eventType', { type: () => String, nullable: true, description: EVENT_TYPE }) eventType: string | null,
  ): Promise<WebhookPreview> {
    return this.trials.preview(actor, id, { eventType });
  }

  @MutatesInto(payloadOf(Delivery), Webhook, {
    name: 'createWebhookSample',
    needs: 'webhooks:write',
    description: 'Send a sample of an event to one endpoint only. Returns its delivery.',
  })
  sendSample(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(SendWebhookSampleInput) input: SendWebhookSampleInput,
    @SelectedObject(Delivery) view: ObjectView,
  ): Promise<JsonText> {
    return this.trials.sendSample(actor, id, input, view);
  }
}
