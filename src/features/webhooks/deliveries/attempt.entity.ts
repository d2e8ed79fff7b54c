import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, Integer, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';

/** Written once and never changed, so it has no version and no time of change. Its key is its number within its delivery. */
@Entity('attempts')
@Resource('One attempt at a delivery, and its result.')
export class Attempt {
  @PrimaryColumn('uuid')
  accountId!: string;

  @Column('uuid')
  @Id({ description: 'Its id.', filter: true })
  id!: string;

  @PrimaryColumn('uuid')
  @Id({ filter: true, description: 'The delivery that was attempted.' })
  deliveryId!: string;

  @PrimaryColumn('integer')
  @Integer({
    min: 1,
    max: 1_000_000,
    sort: true,
    description: 'The number of the attempt within its delivery, from 1.',
  })
  number!: number;

  @Column('timestamptz')
  @Instant({ description: 'When it began.', filter: 'scan' })
  startedAt!: Date;

  @Column('integer')
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Column('integer', { nullable: true })
  @Integer({
    min: 100,
    max: 999,
    nullable: true,
    description: 'The HTTP status of the answer; null when there was none.',
  })
  statusCode!: number | null;

  @Column('text', { nullable: true })
  @Text({
    max: 100,
    nullable: true,
    description:
      'Why there was no usable answer: `timeout`, `connection_refused`, `connection_reset`, `name_not_resolved`, `unreachable`, `tls_failed`, `address_not_allowed`, `redirect_not_followed`, `invalid_response`, `template_failed`, `template_too_slow` (it took too much time or memory), `interrupted` (the worker stopped, so the result is unknown) or `failed`.',
    example: 'timeout',
  })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 4_096, nullable: true, description: 'The beginning of the answer, up to 4 kB.' })
  response!: string | null;
}
