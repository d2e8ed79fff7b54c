import { Flag, Id, Instant, Nested, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

/** The length of the list, which has no further pages. */
export const MOST_FORESEEN = 1_000;

@Shape('An event to come.')
export class ForeseenEvent {
  @Instant({ description: 'When it will happen.' })
  at!: Date;

  @Text({
    max: 100,
    description:
      'The event: `reminder.upcoming`, `reminder.due`, `reminder.overdue` if it is not answered, or `digest.ready` if the digest is not empty.',
    example: 'reminder.due',
  })
  eventType!: 'reminder.upcoming' | 'reminder.due' | 'reminder.overdue' | 'digest.ready';

  @Id({ description: 'The reminder.' })
  reminderId!: string;

  @Id({ nullable: true, description: 'The ring. Null for a repeat that is not scheduled yet.' })
  occurrenceId!: string | null;

  @Text({ max: 60, description: "The reminder's kind.", example: 'manual' })
  kind!: string;

  @Text({ max: 300, description: 'What to do.', example: 'Ask Ada about her talk' })
  title!: string;

  @Instant({ description: 'When the ring is due, regardless of quiet hours.' })
  dueAt!: Date;
}

@Shape('What reminders will tell between two times, if nobody answers or changes anything.')
export class ReminderPreview {
  @Instant({ description: 'From when on.' })
  from!: Date;

  @Instant({ description: 'Until then, exclusively.' })
  to!: Date;

  @Nested(() => ForeseenEvent, { list: MOST_FORESEEN, description: 'The first 1,000, in order of time.' })
  events!: ForeseenEvent[];

  @Flag({ description: 'Whether there are more. If so, ask again from the time of the last one.' })
  truncated!: boolean;
}
