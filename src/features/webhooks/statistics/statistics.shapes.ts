import { Decimal, Instant, Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

const MOST = 2 ** 31 - 1;
const MOST_TYPES = 1_000;

@Shape('What became of the deliveries of one kind of event.')
export class EventTypeStatistics {
  @Text({ max: 100, description: "The event's name.", example: 'reminder.due' })
  eventType!: string;

  @Integer({ min: 0, max: MOST, description: 'All of them.' })
  deliveries!: number;

  @Integer({ min: 0, max: MOST, description: 'Those that arrived.' })
  delivered!: number;

  @Integer({ min: 0, max: MOST, description: 'Those that were given up or cancelled.' })
  failed!: number;
}

@Shape('How an endpoint has done: of the deliveries made since then, and their attempts.')
export class WebhookStatistics {
  @Instant({ description: 'From when on deliveries are counted.' })
  since!: Date;

  @Integer({ min: 0, max: MOST, description: 'Deliveries in all.' })
  deliveries!: number;

  @Integer({ min: 0, max: MOST, description: 'Those that are still to be tried.' })
  pending!: number;

  @Integer({ min: 0, max: MOST, description: 'Those that arrived.' })
  delivered!: number;

  @Integer({ min: 0, max: MOST, description: 'Those whose last attempt failed.' })
  exhausted!: number;

  @Integer({ min: 0, max: MOST, description: 'Those given up because the endpoint was disabled or deleted.' })
  cancelled!: number;

  @Decimal({
    min: 0,
    max: 1,
    nullable: true,
    description: 'Delivered ones among those that have ended; null while none has.',
    example: 0.997,
  })
  successRate!: number | null;

  @Integer({ min: 0, max: MOST, description: 'Attempts in all.' })
  attempts!: number;

  @Integer({
    min: 0,
    max: MOST,
    nullable: true,
    description: 'Half of the attempts took at most so many milliseconds.',
  })
  p50Ms!: number | null;

  @Integer({
    min: 0,
    max: MOST,
    nullable: true,
    description: '95 % of the attempts took at most so many milliseconds.',
  })
  p95Ms!: number | null;

  @Instant({ nullable: true, description: 'When an attempt last succeeded.' })
  lastSuccessAt!: Date | null;

  @Instant({ nullable: true, description: 'When an attempt last failed.' })
  lastFailureAt!: Date | null;

  @Text({
    max: 100,
    nullable: true,
    description: 'Why it failed: the HTTP status that came back, or the `errorCode` of the attempt.',
    example: '503',
  })
  lastFailureCode!: string | null;

  @Nested(() => EventTypeStatistics, { list: MOST_TYPES, description: 'By event, the most frequent first.' })
  eventTypes!: EventTypeStatistics[];
}
