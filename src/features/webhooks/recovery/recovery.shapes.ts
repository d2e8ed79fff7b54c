import { Flag, Instant, Integer } from '../../../platform/contract/fields.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';

/** One statement locks and changes this many in a few hundred milliseconds. It is the limit for failed deliveries, and for missed events. */
export const MOST_RECOVERED = 10_000;

@Input('What to send again, or for the first time.')
export class RecoverWebhookInput {
  @Instant({
    description: 'Only deliveries created, and events recorded, from this time on.',
    example: '2026-03-02T10:00:00.000Z',
  })
  since!: Date;

  @Instant({ nullable: true, description: 'Only those from before this time; null for no limit.' })
  until?: Date | null;
}

@Shape('What an endpoint did not get, and what is or was sent to it now.')
export class WebhookRecovery {
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How many in all.', example: 17 })
  count!: number;

  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'Deliveries that failed and are sent again.', example: 12 })
  failed!: number;

  @Integer({
    min: 0,
    max: 2 ** 31 - 1,
    description: 'Events that happened while it was paused or disabled, which are sent for the first time.',
    example: 5,
  })
  missed!: number;

  @Flag({
    description: `Whether there are more than one call sends: ${MOST_RECOVERED} of each, the oldest first. If so, call again.`,
  })
  hasMore!: boolean;
}
