import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import { SelectedObject } from '../../platform/resources/selection.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import {
  ArgId,
  ArgInput,
  MakesShape,
  Mutates,
  MutatesInto,
  Removes,
} from '../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { Webhook, WebhookWithSecret } from './webhook.entity.js';
import { CreateWebhookInput, RotateWebhookSecretInput, UpdateWebhookInput } from './webhook.inputs.js';
import { WebhooksService } from './webhooks.service.js';

const needs = 'webhooks:write';

@Resolver(() => Webhook)
export class WebhooksResolver extends graphqlOf(Webhook, {}) {
  constructor(private readonly webhooks: WebhooksService) {
    super(webhooks);
  }

  @MakesShape(WebhookWithSecret, {
    name: 'createWebhook',
    needs,
    description: 'Create a webhook. Its secret is shown once, and a ping is sent.',
  })
  make(@Caller() actor: Actor, @ArgInput(CreateWebhookInput) input: CreateWebhookInput): Promise<WebhookWithSecret> {
    return this.webhooks.make(actor, input);
  }

  @Mutates(Webhook, { name: 'updateWebhook', needs, description: 'Change a webhook.' })
  change(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(UpdateWebhookInput) input: UpdateWebhookInput,
    @SelectedObject(Webhook) view: ObjectView,
  ): Promise<JsonText> {
    return this.webhooks.update(actor, id, input, view);
  }

  @Removes(Webhook, { name: 'deleteWebhook', needs, description: 'Delete a webhook. Returns its id.' })
  delete(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
    return this.webhooks.remove(actor, id).then(() => id);
  }

  @Mutates(Webhook, { name: 'activateWebhook', needs, description: 'Activate a webhook that was paused or disabled.' })
  activate(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Webhook) view: ObjectView): Promise<JsonText> {
    return this.webhooks.activate(actor, id, view);
  }

  @Mutates(Webhook, { name: 'pauseWebhook', needs, description: 'Pause a webhook.' })
  pause(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Webhook) view: ObjectView): Promise<JsonText> {
    return this.webhooks.pause(actor, id, view);
  }

  @MutatesInto(WebhookWithSecret, Webhook, {
    name: 'rotateWebhookSecret',
    needs,
    description: 'Create a new secret, which is shown once. The old one also signs, by default for 24 hours.',
  })
  rotateSecret(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(RotateWebhookSecretInput, { optional: true }) input: RotateWebhookSecretInput,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.rotateSecret(actor, id, input);
  }

  @Mutates(Webhook, { name: 'pingWebhook', needs, description: 'Send `webhook.ping` to this endpoint only.' })
  ping(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Webhook) view: ObjectView): Promise<JsonText> {
    return this.webhooks.ping(actor, id, view);
  }
}
