import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Acts, CreatesShape, Deletes, Patches, PathId } from '../../platform/resources/answers.js';
import { restOf } from '../../platform/resources/rest-face.js';
import { SeenObject } from '../../platform/resources/rest-view.js';
import { Webhook, WebhookWithSecret } from './webhook.entity.js';
import { CreateWebhookInput, RotateWebhookSecretInput, UpdateWebhookInput } from './webhook.inputs.js';
import { WebhooksService } from './webhooks.service.js';

const needs = 'webhooks:write';

@ApiTags('Webhooks')
@Controller('v1/webhooks')
export class WebhooksController extends restOf(Webhook, {}) {
  constructor(private readonly webhooks: WebhooksService) {
    super(webhooks);
  }

  @CreatesShape(WebhookWithSecret, CreateWebhookInput, {
    needs,
    operation: 'createWebhook',
    summary: 'Create a webhook. Its secret is shown once, and a ping is sent.',
  })
  make(@Caller() actor: Actor, @Body() input: CreateWebhookInput): Promise<WebhookWithSecret> {
    return this.webhooks.make(actor, input);
  }

  @Patches(Webhook, UpdateWebhookInput, {
    path: ':id',
    needs,
    operation: 'updateWebhook',
    summary: 'Change a webhook.',
  })
  change(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: UpdateWebhookInput,
    @SeenObject(Webhook) view: ObjectView,
  ): Promise<JsonText> {
    return this.webhooks.update(actor, id, input, view);
  }

  @Deletes(Webhook, { path: ':id', needs, operation: 'deleteWebhook', summary: 'Delete a webhook.' })
  delete(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.webhooks.remove(actor, id).then(() => undefined);
  }

  @Acts(Webhook, null, {
    path: ':id/activation',
    needs,
    operation: 'activateWebhook',
    summary: 'Activate a webhook that was paused or disabled.',
  })
  activate(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<JsonText> {
    return this.webhooks.activate(actor, id, view);
  }

  @Acts(Webhook, null, {
    path: ':id/pause',
    needs,
    operation: 'pauseWebhook',
    summary: 'Pause a webhook.',
  })
  pause(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<JsonText> {
    return this.webhooks.pause(actor, id, view);
  }

  @CreatesShape(WebhookWithSecret, RotateWebhookSecretInput, {
    path: ':id/secret',
    of: Webhook,
    needs,
    operation: 'rotateWebhookSecret',
    summary: 'Create a new secret, which is shown once. The old one also signs, by default for 24 hours.',
  })
  rotateSecret(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: RotateWebhookSecretInput,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.rotateSecret(actor, id, input);
  }

  @Acts(Webhook, null, {
    path: ':id/ping',
    needs,
    operation: 'pingWebhook',
    summary: 'Send `webhook.ping` to this endpoint only.',
  })
  ping(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<JsonText> {
    return this.webhooks.ping(actor, id, view);
  }
}
