import { Id } from '../../../platform/contract/fields.js';
import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Tag } from './tag.entity.js';

@Input('Another name for a tag.')
export class UpdateTagInput extends partial(pick(Tag, ['name'])) {}

@Input('The tag that says the same.')
export class MergeTagsInput {
  @Id({ description: 'The tag to merge. Whoever carries it carries the other one instead, and it is gone.' })
  tagId!: string;
}
