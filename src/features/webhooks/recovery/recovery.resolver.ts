import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { InstantScalar } from '../../../platform/contract/kinds/instant.js';
import { ArgId, ArgInput, MutatesInto } from '../../../platform/resources/graphql-answers.js';
import { Webhook } from '../webhook.entity.js';
import { RecoverWebhookInput, WebhookRecovery } from './recovery.shapes.js';
import { RecoveryService } from './recovery.service.js';

const ArgInstant = (name: string, description: string): ParameterDecorator =>
  Args(name, { type: () => InstantScalar, nullable: true, description });

@Resolver()
export class RecoveryResolver {
  constructor(private readonly recovery: RecoveryService) {}

  @Query(() => WebhookRecovery, {
    nullable: true,
    name: 'webhookRecovery',
    description:
      'Count what an endpoint did not get and can still be sent: failed deliveries, and events from when it was paused or disabled. Scope: `webhooks:read`.',
  })
  @Needs('webhooks:read')
  count(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInstant('since', 'Only deliveries created, and events recorded, from this time on. Unset: all that are kept.')
    since: string | null,
    @ArgInstant('until', 'Only those from before this time. Unset: no limit.') until: string | null,
  ): Promise<WebhookRecovery> {
    return this.recovery.count(actor, id, { since, until });
  }

  @MutatesInto(WebhookRecovery, Webhook, {
    name: 'recoverWebhook',
    needs: 'webhooks:write',
    description:
      'Send what it did not get since a time, oldest first: failed deliveries again, each with its own `webhook-id`, and events from when it was paused or disabled.',
  })
  recover(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(RecoverWebhookInput) input: RecoverWebhookInput,
  ): Promise<WebhookRecovery> {
    return this.recovery.recover(actor, id, input);
  }
}
