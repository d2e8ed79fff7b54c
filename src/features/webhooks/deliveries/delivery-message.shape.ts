import { Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

@Shape(
  "What a delivery says, in its endpoint's format of today. Links to act by are inert: a log that is read must not act.",
)
export class DeliveryMessage {
  @Text({ max: 100, description: 'The media type of the body.', example: 'application/json' })
  contentType!: string;

  @Text({
    max: 1_000_000,
    description: 'The body.',
    example: '{"type":"reminder.due","timestamp":"2026-03-02T10:00:00.000Z","sequence":1,"data":{}}',
  })
  body!: string;
}
