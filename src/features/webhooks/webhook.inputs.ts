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
      'Additional headers for every attempt, at most 20: `{"X-Api-Key": "…"}`. Values are 1 to 2,000 printable ASCII characters; they are encrypted at rest and never shown. An object replaces all headers; null removes them.',
    example: { 'X-Api-Key': 'a value that only the receiver knows' },
  })
  headers?: Record<string, unknown> | null;
}

@Input('The properties of an endpoint to change.')
export class UpdateWebhookInput extends partial(pick(CreateWebhookInput, [...SETTINGS, 'headers'])) {}

@Input('How a new secret replaces the old one.')
export class RotateWebhookSecretInput {
  @Text({
    max: 20,
    defaulted: true,
    check: overlapRefusal,
    description:
      'How long older secrets also sign: an ISO 8601 duration of at most 7 days. The default is `PT24H`; `PT0S` ends them at once.',
    example: 'PT24H',
  })
  overlap?: string;
}
