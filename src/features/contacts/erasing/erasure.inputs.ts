import { pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Contact } from '../contact.entity.js';

@Input('The name of the contact, as a confirmation: an erasure cannot be undone.')
export class EraseContactInput extends pick(Contact, ['name']) {}
