import { Column } from 'typeorm';
import { Id, LocalDate } from '../../platform/contract/fields.js';
import { Dealings } from './contact-dealings.entity.js';
import { Precision } from './date-precision.js';
import type { DatePrecision } from './date-precision.js';

/** The part of a contact that says where, when and through whom you met. */
export abstract class Meeting extends Dealings {
  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    description:
      'The day you met. Without it, it is that of the encounter of `encounterId`, and moves with it; null clears only a day of its own.',
    example: '2025-01-10',
  })
  metOn!: string | null;

  @Column('text', { default: 'day' })
  @Precision('metOn', ' A cadence counts from `metOn` itself.')
  metOnPrecision!: DatePrecision;

  @Column('uuid', { nullable: true })
  @Id({
    nullable: true,
    filter: true,
    description: 'The encounter at which you met. At most 500 contacts name the same one.',
  })
  encounterId!: string | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, description: 'The contact through whom you met.' })
  metThroughId!: string | null;

  /** Whether `metOn` is the day of the encounter. */
  @Column('boolean', { default: false })
  metOnFollows!: boolean;
}
