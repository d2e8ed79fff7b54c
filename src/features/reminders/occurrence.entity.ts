import { Column, Entity } from 'typeorm';
import { Choice, Flag, Id, Instant, Integer, Json, Text } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';
import { PRIORITIES } from './reminder.entity.js';
import { heldUntilComplete } from '../../platform/contract/transfers.js';

export const OCCURRENCE_STATES = ['scheduled', 'open', 'done', 'snoozed', 'dismissed', 'missed', 'superseded'] as const;

@Entity('occurrences')
@Resource('One ring of a reminder: scheduled until it rings, open until it is answered.')
export class Occurrence extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The reminder that rings.' })
  reminderId!: string;

  @Column('text')
  @Text({ max: 60, filter: 'scan', description: "The reminder's kind.", example: 'manual' })
  kind!: string;

  @Column('text', { nullable: true })
  @Text({ max: 60, nullable: true, filter: 'scan', description: 'What it is about.' })
  subjectType!: string | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, filter: 'scan', description: 'Which one it is about.' })
  subjectId!: string | null;

  @Column('text')
  @Text({ max: 300, description: 'What to do, as its title was when it rang.', example: 'Ask Ada about her talk' })
  title!: string;

  @Choice({
    name: 'Priority',
    values: PRIORITIES,
    description: "How much it matters: the reminder's priority.",
    example: 'normal',
    computed: ({ alias }) =>
      `select m.priority from reminders m where m.account_id = ${alias}.account_id and m.id = ${alias}.reminder_id`,
  })
  priority!: (typeof PRIORITIES)[number];

  @Column('timestamptz')
  @Instant({ filter: true, sort: true, description: 'When it is due.' })
  dueAt!: Date;

  @Column('timestamptz')
  @Instant({ description: 'When it rings: when it is due, or at the end of quiet hours.' })
  ringsAt!: Date;

  /** When the scheduler looks at it next: to send a lead, to ring, or to report it as overdue. */
  @Column('timestamptz', { nullable: true })
  wakesAt!: Date | null;

  @Column('text', { default: 'scheduled' })
  @Choice({
    name: 'OccurrenceState',
    values: OCCURRENCE_STATES,
    filter: 'scan',
    description: 'Its state. `missed`: the next one rang before it was answered. `superseded`: its reminder was moved.',
  })
  state!: (typeof OCCURRENCE_STATES)[number];

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, filter: 'scan', description: 'When it rang.' })
  firedAt!: Date | null;

  @Column('boolean', { default: false })
  @Flag({ filter: 'scan', description: 'Whether it rang more than a minute after it was due.' })
  late!: boolean;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: 1_000_000, description: 'How many more repeats were due in the time that was missed.' })
  missedCount!: number;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, description: 'The time until which it was snoozed.' })
  snoozedUntil!: Date | null;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, description: 'When it was answered: completed, dismissed or snoozed.' })
  answeredAt!: Date | null;

  @Column('jsonb', { nullable: true })
  @Json({
    nullable: true,
    copyOf: 'subjectType',
    description: 'What it was about, as it was when it rang. Null too for a key that may not read what it is about.',
  })
  snapshot!: Record<string, unknown> | null;

  /** The snoozed ring that comes back as this one; null for a regular ring. */
  @Column('uuid', { nullable: true })
  putsOff!: string | null;

  /** The plan number of the reminder that it belongs to. */
  @Column('integer', { default: 1 })
  planNumber!: number;

  /** Whether it was reported as overdue, which happens once. */
  @Column('boolean', { default: false })
  overdueTold!: boolean;
}

heldUntilComplete('occurrences', 'wakes_at');
