import { Json, Text } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';
import { unknownPattern } from '../../../platform/events/event-patterns.js';
import { Webhook } from '../webhook.entity.js';

@Shape('A REST hook: a webhook as Zapier, n8n and their like subscribe to it. It is in the list of webhooks too.')
export class Hook extends pick(Webhook, ['id', 'createdAt', 'filter', 'status']) {
  @Text({
    max: 10_000,
    description: 'What it gets; joined with commas when somebody gave the webhook several eventTypes since.',
    example: 'reminder.due',
  })
  event!: string;

  @Text({ max: 2_000, description: 'Where events are sent.', example: 'https://hooks.zapier.com/hooks/standard/1/a' })
  targetUrl!: string;
}

@Input('What is subscribed to, and where it is to be sent.')
export class CreateHookInput {
  @Text({
    max: 100,
    check: unknownPattern,
    description: "An event's name, all of a noun (`reminder.*`), or everything (`*`).",
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
