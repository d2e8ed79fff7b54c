import { Json } from '../../platform/contract/fields.js';
import { partial, pick } from '../../platform/contract/recipes.js';
import { Input } from '../../platform/contract/shapes.js';
import { Webhook } from './webhook.entity.js';

@Input('A new endpoint.')
export class CreateWebhookInput extends pick(Webhook, [
  'url',
  'description',
  'eventTypes',
  'format',
  'template',
  'thin',
  'filter',
  'throttlePerSecond',
]) {
  @Json({
    nullable: true,
    description:
      'Headers of your own for every attempt, at most 20: `{"X-Api-Key": "…"}`. Values are 1 to 2,000 printable ASCII characters; they are encrypted at rest and never shown again. An object replaces all that there were; null takes them away.',
    example: { 'X-Api-Key': 'a value that only the receiver knows' },
  })
  headers?: Record<string, unknown> | null;
}

@Input('What can be changed of an endpoint.')
export class UpdateWebhookInput extends partial(CreateWebhookInput) {}
