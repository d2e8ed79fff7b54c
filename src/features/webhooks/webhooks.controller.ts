import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/auth/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { Json } from '../../platform/projection/json.js';
import type { ObjectView, PageView } from '../../platform/projection/view.js';
import { Acts, CreatesShape, Deletes, Lists, Patches, PathId, Reads } from '../../platform/resources/answers.js';
import { SeenObject, SeenPage } from '../../platform/resources/rest-view.js';
import { Webhook, WebhookWithSecret } from './webhook.entity.js';
import { CreateWebhookInput, UpdateWebhookInput } from './webhook.inputs.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('Webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Lists(Webhook, { needs: 'webhooks:read', operation: 'listWebhooks', summary: 'List webhooks.' })
  page(@Caller() actor: Actor, @SeenPage(Webhook) view: PageView): Promise<Json> {
    return this.webhooks.page(actor, view);
  }

  @Reads(Webhook, { path: ':id', needs: 'webhooks:read', operation: 'getWebhook', summary: 'Read one webhook.' })
  one(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.one(actor, id, view);
  }

  @CreatesShape(WebhookWithSecret, CreateWebhookInput, {
    needs: 'webhooks:write',
    operation: 'createWebhook',
    summary: 'Make a webhook; its secret is shown once, and a ping is sent.',
  })
  create(@Caller() actor: Actor, @Body() input: CreateWebhookInput): Promise<WebhookWithSecret> {
    return this.webhooks.create(actor, input);
  }

  @Patches(Webhook, UpdateWebhookInput, {
    path: ':id',
    needs: 'webhooks:write',
    operation: 'updateWebhook',
    summary: 'Change a webhook.',
  })
  update(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: UpdateWebhookInput,
    @SeenObject(Webhook) view: ObjectView,
  ): Promise<Json> {
    return this.webhooks.update(actor, id, input, view);
  }

  @Deletes(Webhook, { path: ':id', needs: 'webhooks:write', operation: 'deleteWebhook', summary: 'Delete a webhook.' })
  remove(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.webhooks.remove(actor, id).then(() => undefined);
  }

  @Acts(Webhook, null, {
    path: ':id/activation',
    needs: 'webhooks:write',
    operation: 'activateWebhook',
    summary: 'Activate a webhook that was paused or disabled.',
  })
  activate(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.activate(actor, id, view);
  }

  @Acts(Webhook, null, {
    path: ':id/pause',
    needs: 'webhooks:write',
    operation: 'pauseWebhook',
    summary: 'Pause a webhook.',
  })
  pause(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.pause(actor, id, view);
  }

  @CreatesShape(WebhookWithSecret, null, {
    path: ':id/secret',
    needs: 'webhooks:write',
    operation: 'rotateWebhookSecret',
    summary: 'Make a new secret, shown once; the old one signs too for 24 hours.',
  })
  rotateSecret(@Caller() actor: Actor, @PathId() id: string): Promise<WebhookWithSecret> {
    return this.webhooks.rotateSecret(actor, id);
  }

  @Acts(Webhook, null, {
    path: ':id/ping',
    needs: 'webhooks:write',
    operation: 'pingWebhook',
    summary: 'Send `webhook.ping` to this endpoint only.',
  })
  ping(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.ping(actor, id, view);
  }
}
