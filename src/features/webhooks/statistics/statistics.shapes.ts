import { Decimal, Instant, Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

const MOST = 2 ** 31 - 1;
const MOST_TYPES = 1_000;

@Shape('The deliveries of one kind of event, by their result.')
export class EventTypeStatistics {
  @Text({ max: 100, description: "The event's name.", example: 'reminder.due' })
  eventType!: string;

  @Integer({ min: 0, max: MOST, description: 'How many deliveries there are.' })
  deliveries!: number;

  @Integer({ min: 0, max: MOST, description: 'How many were delivered.' })
  delivered!: number;

  @Integer({ min: 0, max: MOST, description: 'How many were exhausted or cancelled.' })
  failed!: number;
}

@Shape('Statistics of an endpoint: the deliveries created since a time, and their attempts.')
export class WebhookStatistics {
  @Instant({ description: 'Deliveries created from this time on are counted.' })
  since!: Date;

  @Integer({ min: 0, max: MOST, description: 'How many deliveries there are.' })
  deliveries!: number;

  @Integer({ min: 0, max: MOST, description: 'How many are pending.' })
  pending!: number;

  @Integer({ min: 0, max: MOST, description: 'How many were delivered.' })
  delivered!: number;

  @Integer({ min: 0, max: MOST, description: 'How many are exhausted: the last attempt failed.' })
  exhausted!: number;

  @Integer({ min: 0, max: MOST, description: 'How many were cancelled because the endpoint was disabled or deleted.' })
  cancelled!: number;

  @Decimal({
    min: 0,
    max: 1,
    nullable: true,
    description: 'The share of delivered ones among the deliveries that have ended; null while none has.',
    example: 0.997,
  })
  successRate!: number | null;

  @Integer({ min: 0, max: MOST, description: 'How many attempts there were.' })
  attempts!: number;

  @Integer({
    min: 0,
    max: MOST,
    nullable: true,
    description: 'The median duration of the attempts, in milliseconds.',
  })
  p50Ms!: number | null;

  @Integer({
    min: 0,
    max: MOST,
    nullable: true,
    description: 'The 95th percentile of the duration of the attempts, in milliseconds.',
  })
  p95Ms!: number | null;

  @Instant({ nullable: true, description: 'When an attempt last succeeded.' })
  lastSuccessAt!: Date | null;

  @Instant({ nullable: true, description: 'When an attempt last failed.' })
  lastFailureAt!: Date | null;

  @Text({
    max: 100,
    nullable: true,
    description: 'Why that attempt failed: the HTTP status of the answer, or the `errorCode` of the attempt.',
    example: '503',
  })
  lastFailureCode!: string | null;

  @Nested(() => EventTypeStatistics, { list: MOST_TYPES, description: 'By event, most frequent first.' })
  eventTypes!: EventTypeStatistics[];
}
