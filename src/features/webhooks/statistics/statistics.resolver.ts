import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { InstantScalar } from '../../../platform/contract/kinds/instant.js';
import { ArgId } from '../../../platform/resources/graphql-answers.js';
import { WebhookStatistics } from './statistics.shapes.js';
import { StatisticsService } from './statistics.service.js';

const SINCE = 'Only deliveries created from this time on. Unset: the last seven days.';

@Resolver()
export class StatisticsResolver {
  constructor(private readonly statistics: StatisticsService) {}

  @Query(() => WebhookStatistics, {
    nullable: true,
    name: 'webhookStatistics',
    description: "Show statistics of an endpoint's deliveries. Scope: `webhooks:read`.",
  })
  @Needs('webhooks:read')
  of(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @Args('since', { type: () => InstantScalar, nullable: true, description: SINCE }) since: string | null,
  ): Promise<WebhookStatistics> {
    return this.statistics.of(actor, id, { since });
  }
}
