import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Favour } from './favour.entity.js';

const FAVOUR = ['direction', 'kind', 'state', 'summary', 'occurredOn', 'settledOn'] as const;

@Input('A favour that you did for a contact, asked for or received.')
export class CreateFavourInput extends pick(Favour, ['contactId', ...FAVOUR]) {}

@Input('A change of a favour: absent fields keep their value, null clears.')
export class UpdateFavourInput extends partial(pick(Favour, FAVOUR)) {}
