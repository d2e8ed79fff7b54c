import { partial, pick } from '../../contract/recipes.js';
import { Input } from '../../contract/shapes.js';
import { SavedFilter } from './saved-filter.entity.js';

@Input('A new saved filter.')
export class CreateSavedFilterInput extends pick(SavedFilter, ['name', 'list', 'filter', 'q', 'sort', 'note']) {}

@Input('A change of a saved filter: absent fields keep their value, null clears. `filter` is replaced as a whole.')
export class UpdateSavedFilterInput extends partial(CreateSavedFilterInput) {}
