import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { PathId, ReadsShape } from '../../../platform/resources/answers.js';
import { WebhookStatistics } from './statistics.shapes.js';
import { StatisticsService } from './statistics.service.js';

const SINCE = {
  name: 'since',
  description: 'Only deliveries created from this time on. Unset: the last seven days.',
  format: 'date-time',
} as const;

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id/statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @ReadsShape(WebhookStatistics, [SINCE], {
    needs: 'webhooks:read',
    operation: 'getWebhookStatistics',
    summary: "Show statistics of this endpoint's deliveries.",
  })
  of(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<WebhookStatistics> {
    return this.statistics.of(actor, id, query);
  }
}
