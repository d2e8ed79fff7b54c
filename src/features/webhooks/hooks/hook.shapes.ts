import { Json, Text } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';
import { unknownPattern } from '../../../platform/events/event-patterns.js';
import { Webhook } from '../webhook.entity.js';

@Shape(
  'A REST hook: a webhook in the form in which Zapier, n8n and similar tools subscribe. It is also in the list of webhooks.',
)
export class Hook extends pick(Webhook, ['id', 'createdAt', 'filter', 'status']) {
  @Text({
    max: 10_000,
    description:
      'The event that it receives. If the webhook was given several eventTypes later, they are joined with commas.',
    example: 'reminder.due',
  })
  event!: string;

  @Text({ max: 2_000, description: 'Where events are sent.', example: 'https://hooks.zapier.com/hooks/standard/1/a' })
  targetUrl!: string;
}

@Input('The event to subscribe to, and the URL to send it to.')
export class CreateHookInput {
  @Text({
    max: 100,
    check: unknownPattern,
    description: 'The name of an event, all events of a resource (`reminder.*`), or all events (`*`).',
    example: 'reminder.due',
  })
  event!: string;

  @Text({
    max: 2_000,
    description: 'Where events are sent: an absolute https URL without credentials and without a fragment.',
    example: 'https://example.com/hooks/zapier',
  })
  targetUrl!: string;

  @Json({
    nullable: true,
    description: 'Only events whose `data` meets these conditions, in the language of list filters.',
  })
  filter?: Record<string, unknown> | null;
}
