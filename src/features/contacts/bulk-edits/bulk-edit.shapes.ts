import { Flag, Id, Integer, Json, Label } from '../../../platform/contract/fields.js';
import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';
import { Contact } from '../contact.entity.js';
import { MOST_EDITED } from '../edited.sql.js';

/** As many as a contact can carry. */
export const MOST_TAGS = 50;
const MANY = 2 ** 31 - 1;

/** What moves next touches and reminders, so that each contact is changed by itself. */
export const RHYTHM = ['tier', 'keepInTouchEvery', 'archived', 'doNotContact'] as const;
export const EDITED = [...RHYTHM, 'relation', 'favourite'] as const;

@Input(
  'A change of every contact that a filter finds: absent fields keep their value, null clears. Without `expectCount` it only counts.',
)
export class BulkEditContactsInput extends partial(pick(Contact, EDITED)) {
  @Json({
    defaulted: true,
    description:
      'Which contacts: conditions as in the filter of the list of contacts, `{}` for all. Needed unless `savedFilter` is given.',
    example: { tags: { has: 'berlin' } },
  })
  filter?: Record<string, unknown>;

  @Id({
    defaulted: true,
    description:
      'The id of a saved filter for the list of contacts. Those that it finds and `filter` too are edited. Needs `savedFilters:read`.',
  })
  savedFilter?: string;

  @Label({
    max: 50,
    list: MOST_TAGS,
    defaulted: true,
    description: 'Tags to add to those that each contact carries.',
    example: ['meetup'],
  })
  addTags?: string[];

  @Label({ max: 50, list: MOST_TAGS, defaulted: true, description: 'Tags to take away.', example: ['old'] })
  removeTags?: string[];

  @Integer({
    min: 1,
    max: MOST_EDITED,
    defaulted: true,
    description: 'At most so many of them, those that were added first; default all.',
  })
  first?: number;

  @Integer({
    min: 0,
    max: MANY,
    defaulted: true,
    description:
      'The `count` of the answer before: then the contacts are changed, unless there are more or fewer by now.',
  })
  expectCount?: number;
}

@Shape('What a bulk edit did, or would do.')
export class BulkEditedContacts {
  @Integer({ min: 0, max: MANY, description: 'How many contacts change. Those that are already so do not count.' })
  count!: number;

  @Flag({ description: 'Whether they were changed; false if they were only counted.' })
  edited!: boolean;
}
