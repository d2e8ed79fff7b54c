import { Flag, Instant, Integer } from '../../../platform/contract/fields.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';

/** One statement locks and changes this many in a few hundred milliseconds. */
export const MOST_RECOVERED = 10_000;

@Input('Which failed deliveries to send again.')
export class RecoverWebhookInput {
  @Instant({ description: 'Only deliveries created from this time on.', example: '2026-03-02T10:00:00.000Z' })
  since!: Date;

  @Instant({ nullable: true, description: 'Only deliveries created before this time; null for no limit.' })
  until?: Date | null;
}

@Shape('The failed deliveries of an endpoint that would be sent again, or that were sent again.')
export class WebhookRecovery {
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How many.', example: 17 })
  count!: number;

  @Flag({ description: `Whether there are more than one call sends again (${MOST_RECOVERED}). If so, call again.` })
  hasMore!: boolean;
}
