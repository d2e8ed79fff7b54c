import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, LocalDate, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

export const CHECK_BACK_STATES = ['open', 'early', 'kept', 'missed', 'waived'] as const;

/** The states in which it may still be kept or missed. */
export const STANDING = ['open', 'early'] as const;

export const RETURNERS = ['recruiter', 'colleague'] as const;

@Entity('check_backs')
@Resource('What a parked recruiter is expected to do: to come back about a day.')
export class CheckBack extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The recruiter.' })
  recruiterId!: string;

  @Column('date')
  @LocalDate({ description: 'The day on which they were parked.', example: '2026-06-30' })
  madeOn!: string;

  @Column('date')
  @LocalDate({
    filter: true,
    sort: true,
    description:
      'The day until which they are parked. They keep it by coming back from 30 days before to 60 days after.',
    example: '2027-02-28',
  })
  dueOn!: string;

  @Column('text', { default: 'open' })
  @Choice({
    name: 'CheckBackState',
    values: CHECK_BACK_STATES,
    filter: 'scan',
    description:
      '`open`: they are expected; `early`: they came back too early, and are still expected; `kept`: they came back in time; `missed`: they did not; `waived`: they are not expected any more.',
  })
  state!: (typeof CHECK_BACK_STATES)[number];

  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    description: 'The day on which they came back, in time or too early; null if they did not.',
    example: '2027-02-01',
  })
  returnedOn!: string | null;

  @Column('text', { nullable: true })
  @Choice({
    name: 'CheckBackReturner',
    values: RETURNERS,
    nullable: true,
    description: 'Who came back: the recruiter, or a colleague of the same e-mail domain.',
  })
  returnedBy!: (typeof RETURNERS)[number] | null;

  @Column('timestamptz', { nullable: true })
  @Instant({
    nullable: true,
    description: 'When it was kept, missed or waived, as noted here; null while they are expected.',
  })
  settledAt!: Date | null;

  @Column('text', { nullable: true })
  @Text({
    max: 500,
    nullable: true,
    description: 'What the state rests on, in words; null while it is open.',
    example: 'They wrote on LinkedIn.',
  })
  evidence!: string | null;

  /** What it was before its last return. */
  @Column('jsonb', { nullable: true })
  former!: Readonly<Record<string, unknown>> | null;
}
