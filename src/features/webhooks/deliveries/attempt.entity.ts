import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Id, Instant, Integer, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';

/** Written once and never changed, so it has no version and no time of change; its key is its place among its delivery's. */
@Entity('attempts')
@Resource('One try to deliver, and what came of it.')
export class Attempt {
  @PrimaryColumn('uuid')
  accountId!: string;

  @Column('uuid')
  @Id({ description: 'Its id.', filter: true })
  id!: string;

  @PrimaryColumn('uuid')
  @Id({ filter: true, description: 'The delivery that was tried.' })
  deliveryId!: string;

  @PrimaryColumn('integer')
  @Integer({ min: 1, max: 1_000_000, sort: true, description: 'Counts the attempts of its delivery, from 1.' })
  number!: number;

  @Column('timestamptz')
  @Instant({ description: 'When it began.', filter: 'scan' })
  startedAt!: Date;

  @Column('integer')
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Column('integer', { nullable: true })
  @Integer({ min: 100, max: 999, nullable: true, description: 'The HTTP status that came back; null when none did.' })
  statusCode!: number | null;

  @Column('text', { nullable: true })
  @Text({
    max: 100,
    nullable: true,
    description:
      'Why no usable answer came: `timeout`, `connection_refused`, `connection_reset`, `name_not_resolved`, `unreachable`, `tls_failed`, `address_not_allowed`, `redirect_not_followed`, `invalid_response`, `template_failed`, `interrupted` (the worker stopped: the outcome is not known) or `failed`.',
    example: 'timeout',
  })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  @Text({ max: 4_096, nullable: true, description: 'The beginning of the answer, up to 4 kB.' })
  response!: string | null;
}
