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
]) {}

@Input('What can be changed of an endpoint.')
export class UpdateWebhookInput extends partial(CreateWebhookInput) {}
