import { ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/auth/actor.js';
import { Caller, Needs } from '../../platform/auth/needs.js';
import { SelectedObject, SelectedPage } from '../../platform/graphql/selection.js';
import type { Json } from '../../platform/projection/json.js';
import type { ObjectView, PageView } from '../../platform/projection/view.js';
import { ArgId, ArgInput, ListsPage, Mutates, ReadsOne } from '../../platform/resources/graphql-answers.js';
import { Webhook, WebhookWithSecret } from './webhook.entity.js';
import { CreateWebhookInput, UpdateWebhookInput } from './webhook.inputs.js';
import { WebhooksService } from './webhooks.service.js';

const needs = 'webhooks:write';

@Resolver(() => Webhook)
export class WebhooksResolver {
  constructor(private readonly webhooks: WebhooksService) {}

  @ListsPage(Webhook, { name: 'webhooks', needs: 'webhooks:read' })
  page(@Caller() actor: Actor, @SelectedPage(Webhook) view: PageView): Promise<Json> {
    return this.webhooks.page(actor, view);
  }

  @ReadsOne(Webhook, { name: 'webhook', needs: 'webhooks:read' })
  webhook(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.one(actor, id, view);
  }

  @Mutation(() => WebhookWithSecret, {
    description: 'Make a webhook; its secret is shown once, and a ping is sent. Scope: `webhooks:write`.',
  })
  @Needs(needs)
  createWebhook(
    @Caller() actor: Actor,
    @ArgInput(CreateWebhookInput) input: CreateWebhookInput,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.create(actor, input);
  }

  @Mutates(Webhook, { name: 'updateWebhook', needs, description: 'Change a webhook.' })
  updateWebhook(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(UpdateWebhookInput) input: UpdateWebhookInput,
    @SelectedObject(Webhook) view: ObjectView,
  ): Promise<Json> {
    return this.webhooks.update(actor, id, input, view);
  }

  @Mutation(() => ID, { description: 'Delete a webhook; answers its id. Scope: `webhooks:write`.' })
  @Needs(needs)
  deleteWebhook(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
    return this.webhooks.remove(actor, id).then(() => id);
  }

  @Mutates(Webhook, { name: 'activateWebhook', needs, description: 'Activate one that was paused or disabled.' })
  activateWebhook(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @SelectedObject(Webhook) view: ObjectView,
  ): Promise<Json> {
    return this.webhooks.activate(actor, id, view);
  }

  @Mutates(Webhook, { name: 'pauseWebhook', needs, description: 'Pause a webhook.' })
  pauseWebhook(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.pause(actor, id, view);
  }

  @Mutation(() => WebhookWithSecret, {
    description: 'Make a new secret, shown once; the old one signs too for 24 hours. Scope: `webhooks:write`.',
  })
  @Needs(needs)
  rotateWebhookSecret(@Caller() actor: Actor, @ArgId() id: string): Promise<WebhookWithSecret> {
    return this.webhooks.rotateSecret(actor, id);
  }

  @Mutates(Webhook, { name: 'pingWebhook', needs, description: 'Send `webhook.ping` to this endpoint only.' })
  pingWebhook(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Webhook) view: ObjectView): Promise<Json> {
    return this.webhooks.ping(actor, id, view);
  }
}
