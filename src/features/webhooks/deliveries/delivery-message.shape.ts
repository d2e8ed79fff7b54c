import { Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

@Shape(
  "The message of a delivery, in its endpoint's current format. Its action links are inert: reading the log changes nothing.",
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
