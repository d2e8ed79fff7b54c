import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, Integer, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

const STATES = ['pending', 'delivered', 'exhausted', 'cancelled'] as const;

/** An index serves lists by `webhookId`, `eventId` or `state`. Other conditions scan the account's deliveries. */
@Entity('deliveries')
@Resource('One event on its way to one endpoint. Its id is the `webhook-id` header, the same on every attempt.', {
  plural: 'deliveries',
})
export class Delivery extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The endpoint.' })
  webhookId!: string;

  @Column('uuid')
  @Id({ filter: true, description: 'The event.' })
  eventId!: string;

  @Column('text')
  @Text({ max: 100, filter: 'scan', description: "The event's name.", example: 'reminder.due' })
  eventType!: string;

  @Column('text', { default: 'pending' })
  @Choice({
    name: 'DeliveryState',
    values: STATES,
    defaulted: true,
    filter: 'scan',
    description:
      '`pending` until the endpoint answers 2xx (`delivered`), the last attempt fails (`exhausted`), or the endpoint is disabled or deleted (`cancelled`).',
  })
  state!: (typeof STATES)[number];

  @Column('integer', { default: 0 })
  @Integer({
    min: 0,
    max: 1_000_000,
    filter: 'scan',
    description: 'The attempts so far, including one that is under way.',
  })
  attemptCount!: number;

  /** The attempts made before this run of the schedule: each redelivery starts the schedule again. */
  @Column('integer', { default: 0 })
  scheduleStart!: number;

  @Column('timestamptz', { nullable: true })
  @Instant({
    nullable: true,
    filter: 'scan',
    description: 'When the next attempt is due; null when there will be none.',
  })
  nextAttemptAt!: Date | null;

  /** Identifies the claim that may record a result. A result with another token is not written. */
  @Column('uuid', { nullable: true })
  leaseToken!: string | null;

  /** When the lease ends: from then on, any worker may claim the delivery. */
  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;
}
