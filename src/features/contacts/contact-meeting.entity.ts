import { Column } from 'typeorm';
import { Choice, Id, LocalDate } from '../../platform/contract/fields.js';
import { Owned } from '../../platform/database/owned.js';

export const PRECISIONS = ['day', 'month', 'year'] as const;

/** The part of a contact that says where, when and through whom you met. */
export abstract class Meeting extends Owned {
  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    description:
      'The day you met. Without it, it is that of the encounter of `encounterId`, and moves with it; null clears only a day of its own.',
    example: '2025-01-10',
  })
  metOn!: string | null;

  @Column('text', { default: 'day' })
  @Choice({
    name: 'DatePrecision',
    values: PRECISIONS,
    defaulted: true,
    description:
      'How exactly `metOn` is known: only its month, or only its year. A cadence counts from `metOn` itself.',
  })
  metOnPrecision!: (typeof PRECISIONS)[number];

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
