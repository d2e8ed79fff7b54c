import { Choice, Id } from '../../../platform/contract/fields.js';
import { Input } from '../../../platform/contract/shapes.js';
import { TAKEN } from './united.js';
import type { Taken } from './united.js';

@Input('The contact that is the same person.')
export class MergeContactsInput {
  @Id({ description: 'The contact to merge. It goes to the trash, and what points at it moves to the other.' })
  contactId!: string;

  @Choice({
    name: 'MergedField',
    values: TAKEN,
    list: TAKEN.length,
    defaulted: true,
    description:
      'The fields to take from the contact that is merged although the other has its own. Of lists and `custom` its values then come first.',
    example: ['company', 'title'],
  })
  take?: Taken[];
}
