import { Column, Entity } from 'typeorm';
import { checkRecurrence } from '../../kit/recurrence.js';
import { Choice, Duration, Id, Instant, LocalDate, Period, Text, TimeZone } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';

export const REMINDER_STATES = ['active', 'paused', 'done', 'dismissed'] as const;
export const ANCHORS = ['schedule', 'completion'] as const;
export const PRIORITIES = ['low', 'normal', 'high'] as const;

@Entity('reminders')
@Resource('Something that becomes due. Each time it does, it rings: an occurrence.')
export class Reminder extends Owned {
  @Column('text')
  @Text({
    max: 60,
    filter: 'scan',
    description: 'Its kind: `manual`, or the kind of the feature that created it.',
    example: 'manual',
  })
  kind!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 60,
    nullable: true,
    filter: 'scan',
    description: 'The type of the resource that it is about. Null if it is about none.',
  })
  subjectType!: string | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, filter: true, description: 'Which one it is about.' })
  subjectId!: string | null;

  @Column('text')
  @Text({ max: 200, search: true, description: 'What to do, in a few words.', example: 'Ask Ada about her talk' })
  title!: string;

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'A note (Markdown).' })
  note!: string | null;

  @Column('timestamptz')
  @Instant({ filter: true, sort: true, description: 'When it is due. For a repeating reminder, the next time.' })
  dueAt!: Date;

  @Column('timestamptz')
  @Instant({ description: 'When it is due for the first time. Repeats are counted from here.' })
  startsAt!: Date;

  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    description: 'The first day (`2026-03-29`) of a reminder that was created for a day: it rings when the day starts.',
  })
  dueOn!: string | null;

  @Column('text')
  @TimeZone({
    defaulted: true,
    description:
      "The IANA time zone whose local time it follows. Default: the account's, and then it follows when the account changes.",
    example: 'Europe/Berlin',
  })
  timeZone!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 500,
    nullable: true,
    check: (rule) => checkRecurrence(rule),
    description:
      'How it repeats: an RRULE (RFC 5545 §3.3.10) of days, weeks, months or years, in the local time of `timeZone`.',
    example: 'FREQ=MONTHLY;BYDAY=1MO',
  })
  rrule!: string | null;

  @Column('text', { nullable: true })
  @Period({
    nullable: true,
    description:
      'How it repeats, as a calendar period instead of an RRULE. Each time is counted from the first one; if a month does not have the day, its last day is used (`P8M` from 30 June is the end of February).',
  })
  every!: string | null;

  @Column('text', { default: 'schedule' })
  @Choice({
    name: 'ReminderAnchor',
    values: ANCHORS,
    defaulted: true,
    description:
      'What repeats are counted from. `schedule`: its own times, whether they are answered or not. `completion`: the day of the answer; until then it does not ring again.',
  })
  anchor!: (typeof ANCHORS)[number];

  @Column('text', { array: true, default: '{}' })
  @Duration({
    list: 5,
    longest: 'P1Y',
    defaulted: true,
    description: 'How long before each ring `reminder.upcoming` is sent. Times that have already passed are skipped.',
    example: ['P1D', 'PT1H'],
  })
  leads!: string[];

  @Column('text', { nullable: true })
  @Duration({
    nullable: true,
    description: 'How long a ring may stay unanswered before `reminder.overdue` is sent, once. Null: never.',
    example: 'P3D',
  })
  overdueAfter!: string | null;

  @Column('text', { default: 'normal' })
  @Choice({
    name: 'Priority',
    values: PRIORITIES,
    defaulted: true,
    filter: 'scan',
    description: 'How much it matters.',
    example: 'normal',
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

  /** The caller gave no time zone, so the reminder uses that of the account and follows its changes. */
  @Column('boolean', { default: false })
  followsAccount!: boolean;

  /** The time of day of its repeats (`HH:MM`), when a gap of daylight saving removes that time from the first day. */
  @Column('text', { nullable: true })
  wallTime!: string | null;

  /** Increased when the time is moved. Only rings with the current number use up times of the plan. */
  @Column('integer', { default: 1 })
  planNumber!: number;

  /** Times up to this instant do not ring: an earlier rule, time zone or pause covered them. */
  @Column('timestamptz', { nullable: true })
  planAfter!: Date | null;

  /** What the feature that keeps this reminder derived its plan from. The same value means the same plan, in any state. */
  @Column('text', { nullable: true })
  basis!: string | null;
}
