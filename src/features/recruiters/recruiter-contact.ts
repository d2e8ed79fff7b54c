import { pick } from '../../platform/contract/recipes.js';
import { Part } from '../../platform/contract/shapes.js';
import { Contact } from '../contacts/contact.entity.js';

@Part('The person that a new recruiter is.')
export class RecruiterContact extends pick(Contact, ['name', 'emails', 'phones', 'links', 'company', 'title']) {}
