import { Text } from '../../../platform/contract/fields.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';
import { unknownEvent } from '../../../platform/events/event-patterns.js';

const LONGEST_BODY = 1_000_000;

@Shape('The message that an endpoint would be sent for an event, in its format: a sample, marked as one.')
export class WebhookPreview {
  @Text({ max: 100, description: 'The event of the sample.', example: 'reminder.due' })
  eventType!: string;

  @Text({ max: 100, description: 'The media type of the body.', example: 'application/json' })
  contentType!: string;

  @Text({
    max: LONGEST_BODY,
    description: 'The body, byte for byte.',
    example: '{"type":"reminder.due","timestamp":"2026-03-02T10:00:00.000Z","sequence":1,"data":{},"sample":true}',
  })
  body!: string;
}

@Input('A sample to send.')
export class SendWebhookSampleInput {
  @Text({
    max: 100,
    check: unknownEvent,
    description: 'The event of the sample. The endpoint need not have asked for it.',
    example: 'reminder.due',
  })
  eventType!: string;
}
