import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Encounter } from './encounter.entity.js';

@Input('Where people were met. All of it is optional.')
export class CreateEncounterInput extends pick(Encounter, [
  'kind',
  'title',
  'occurredOn',
  'place',
  'url',
  'circleId',
  'myRole',
  'people',
  'notes',
]) {}

@Input('A change of an encounter: absent fields keep their value, null clears, `people` is replaced.')
export class UpdateEncounterInput extends partial(CreateEncounterInput) {}
