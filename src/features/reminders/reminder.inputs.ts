import { Choice, Duration, Instant, Text } from '../../platform/contract/fields.js';
import { partial, pick } from '../../platform/contract/recipes.js';
import { Input } from '../../platform/contract/shapes.js';
import { Reminder } from './reminder.entity.js';

export const SNOOZE_DAYS = ['tomorrow', 'nextWeek'] as const;

@Input('A reminder of your own. Say when with `dueAt`, or with `dueOn` for a day: it rings when your day starts.')
export class CreateReminderInput extends pick(Reminder, [
  'title',
  'note',
  'dueOn',
  'timeZone',
  'rrule',
  'every',
  'anchor',
  'leads',
  'overdueAfter',
  'priority',
  'subjectType',
  'subjectId',
]) {
  @Instant({ nullable: true, description: 'When it is due.', example: '2026-03-29T09:00:00Z' })
  dueAt!: Date | null;
}

@Input('What can be changed of a reminder. A new time or rule schedules it anew.')
export class UpdateReminderInput extends partial(
  pick(CreateReminderInput, [
    'title',
    'note',
    'dueAt',
    'dueOn',
    'timeZone',
    'rrule',
    'every',
    'anchor',
    'leads',
    'overdueAfter',
    'priority',
  ]),
) {}

@Input('What is said when a reminder is completed.')
export class CompleteReminderInput {
  @Text({
    max: 2_000,
    nullable: true,
    description: 'The result. It is stored with what the answer creates.',
    example: 'We spoke for an hour.',
  })
  note?: string | null;
}

@Input('How long a reminder is snoozed: give one of the three.')
export class SnoozeReminderInput {
  @Instant({ nullable: true, description: 'When it rings again.' })
  until?: Date | null;

  @Duration({ nullable: true, description: 'How long from now until it rings again, by the calendar.', example: 'P1W' })
  for?: string | null;

  @Choice({
    name: 'SnoozeDay',
    values: SNOOZE_DAYS,
    nullable: true,
    description:
      "The day on which it rings again, at the account's `dayStartsAt`: `tomorrow`, or `nextWeek` for the Monday of next week.",
  })
  day?: (typeof SNOOZE_DAYS)[number] | null;
}
