import { partial, pick } from '../../platform/contract/recipes.js';
import { Input } from '../../platform/contract/shapes.js';
import { Contact } from './contact.entity.js';

@Input('A new contact. Only the name is needed.')
export class CreateContactInput extends pick(Contact, [
  'name',
  'givenName',
  'familyName',
  'pronouns',
  'emails',
  'phones',
  'links',
  'company',
  'title',
  'location',
  'timeZone',
  'birthday',
  'relation',
  'howWeMet',
  'metOn',
  'metOnPrecision',
  'encounterId',
  'metThroughId',
  'tags',
  'notes',
  'custom',
  'favourite',
  'archived',
  'doNotContact',
  'tier',
  'keepInTouchEvery',
]) {}

@Input('A change of a contact: absent fields keep their value, null clears.')
export class UpdateContactInput extends partial(CreateContactInput) {}
