import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Interaction } from './interaction.entity.js';

@Input('An interaction to log.')
export class CreateInteractionInput extends pick(Interaction, [
  'contactIds',
  'occurredAt',
  'channel',
  'direction',
  'summary',
  'countsAsTouch',
]) {}

@Input('A change of an interaction.')
export class UpdateInteractionInput extends partial(CreateInteractionInput) {}
