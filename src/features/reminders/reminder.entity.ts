import { Column, Entity } from 'typeorm';
import { checkRecurrence } from '../../kit/recurrence.js';
import { Choice, Id, Instant, Text, TimeZone } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';

export const REMINDER_STATES = ['active', 'paused', 'done', 'dismissed'] as const;
export const PRIORITIES = ['low', 'normal', 'high'] as const;

@Entity('reminders')
@Resource('Something that becomes due. Each time it does, it rings: an occurrence.')
export class Reminder extends Owned {
  @Column('text')
  @Text({
    max: 60,
    filter: 'scan',
    description: 'What taught it to ring: `manual`, `keep_in_touch`, `check_back`…',
    example: 'manual',
  })
  kind!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 60,
    nullable: true,
    filter: 'scan',
    description: 'What it is about: `contact`, `recruiter`, `round`… or nothing.',
  })
  subjectType!: string | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, filter: true, description: 'Which one it is about.' })
  subjectId!: string | null;

  @Column('text')
  @Text({ max: 200, search: true, description: 'What to do, in a few words.', example: 'Ask Ada about her talk' })
  title!: string;

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Anything to remember with it (Markdown).' })
  note!: string | null;

  @Column('timestamptz')
  @Instant({ filter: true, sort: true, description: 'When it is due: for a recurring one, the next time.' })
  dueAt!: Date;

  @Column('timestamptz')
  @Instant({ description: 'When it is due for the first time; recurrence counts from here.' })
  startsAt!: Date;

  @Column('text')
  @TimeZone({
    defaulted: true,
    description: "The zone whose wall clock a recurrence follows; the account's unless told.",
    example: 'Europe/Berlin',
  })
  timeZone!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 500,
    nullable: true,
    check: (rule) => checkRecurrence(rule),
    description:
      'How it repeats: an RRULE (RFC 5545 §3.3.10) of days, weeks, months or years, on the wall clock of `timeZone`.',
    example: 'FREQ=MONTHLY;BYDAY=1MO',
  })
  rrule!: string | null;

  @Column('text', { default: 'normal' })
  @Choice({
    name: 'Priority',
    values: PRIORITIES,
    defaulted: true,
    filter: 'scan',
    description: 'How much it matters.',
  })
  priority!: (typeof PRIORITIES)[number];

  @Column('text', { default: 'active' })
  @Choice({
    name: 'ReminderState',
    values: REMINDER_STATES,
    defaulted: true,
    filter: 'scan',
    description: 'Is it still alive?',
  })
  state!: (typeof REMINDER_STATES)[number];
}
