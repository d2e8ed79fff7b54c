import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { CreatesShape, PathId, ReadsShape } from '../../../platform/resources/answers.js';
import { Webhook } from '../webhook.entity.js';
import { RecoverWebhookInput, WebhookRecovery } from './recovery.shapes.js';
import { RecoveryService } from './recovery.service.js';

const WINDOW = [
  {
    name: 'since',
    description: 'Only deliveries created, and events recorded, from this time on. Unset: all that are kept.',
    format: 'date-time',
  },
  { name: 'until', description: 'Only those from before this time. Unset: no limit.', format: 'date-time' },
] as const;

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id/recovery')
export class RecoveryController {
  constructor(private readonly recovery: RecoveryService) {}

  @ReadsShape(WebhookRecovery, WINDOW, {
    needs: 'webhooks:read',
    operation: 'getWebhookRecovery',
    summary:
      'Count what this endpoint did not get and can still be sent: failed deliveries, and events from when it was paused or disabled.',
  })
  count(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<WebhookRecovery> {
    return this.recovery.count(actor, id, query);
  }

  @CreatesShape(WebhookRecovery, RecoverWebhookInput, {
    of: Webhook,
    needs: 'webhooks:write',
    operation: 'recoverWebhook',
    summary:
      'Send what it did not get since a time, oldest first: failed deliveries again, each with its own `webhook-id`, and events from when it was paused or disabled.',
  })
  recover(@Caller() actor: Actor, @PathId() id: string, @Body() input: RecoverWebhookInput): Promise<WebhookRecovery> {
    return this.recovery.recover(actor, id, input);
  }
}
