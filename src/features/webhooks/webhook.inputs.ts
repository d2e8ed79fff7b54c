import { partial, pick } from '../../platform/contract/recipes.js';
import { Json, Text } from '../../platform/contract/fields.js';
import { Input } from '../../platform/contract/shapes.js';
import { overlapRefusal } from './secrets.js';
import { SETTINGS, Webhook } from './webhook.entity.js';

@Input('A new endpoint.')
export class CreateWebhookInput extends pick(Webhook, [...SETTINGS, 'restHook']) {
  @Json({
    nullable: true,
    description:
      'Headers of your own for every attempt, at most 20: `{"X-Api-Key": "…"}`. Values are 1 to 2,000 printable ASCII characters; they are encrypted at rest and never shown again. An object replaces all that there were; null takes them away.',
    example: { 'X-Api-Key': 'a value that only the receiver knows' },
  })
  headers?: Record<string, unknown> | null;
}

@Input('What can be changed of an endpoint.')
export class UpdateWebhookInput extends partial(pick(CreateWebhookInput, [...SETTINGS, 'headers'])) {}

@Input('How a secret is followed by the next.')
export class RotateWebhookSecretInput {
  @Text({
    max: 20,
    defaulted: true,
    check: overlapRefusal,
    description:
      'How long the secrets before it sign too: an ISO 8601 duration of at most 7 days, `PT24H` unless told. `PT0S` ends them at once.',
    example: 'PT24H',
  })
  overlap?: string;
}
