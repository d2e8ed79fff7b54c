import { Flag, Instant, Integer } from '../../../platform/contract/fields.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';

/** One statement locks and changes as many in a few hundred milliseconds. */
export const MOST_RECOVERED = 10_000;

@Input('Which failed deliveries to send again.')
export class RecoverWebhookInput {
  @Instant({ description: 'Those that were made from then on.', example: '2026-03-02T10:00:00.000Z' })
  since!: Date;

  @Instant({ nullable: true, description: 'Those that were made before; null for all.' })
  until?: Date | null;
}

@Shape('Failed deliveries of an endpoint: those that would be sent again, or just were.')
export class WebhookRecovery {
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How many.', example: 17 })
  count!: number;

  @Flag({ description: `Are there more than one call sends again, which is ${MOST_RECOVERED}? Then call again.` })
  hasMore!: boolean;
}
