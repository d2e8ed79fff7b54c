import { Flag, Id, Instant, Json, Nested, Text } from '../../contract/fields.js';
import { Shape } from '../../contract/shapes.js';

@Shape('Something that happened to a resource.')
export class Change {
  @Id({ description: "The event's id." })
  id!: string;

  @Text({ max: 100, description: "The event's name.", example: 'account.updated' })
  type!: string;

  @Text({ max: 100, description: 'The type of resource.', example: 'account' })
  resource!: string;

  @Id({ description: 'The id of the resource.' })
  resourceId!: string;

  @Instant({ description: 'When it happened.' })
  occurredAt!: string;

  @Flag({ description: 'Whether the resource was deleted; `data` is then null.' })
  deleted!: boolean;

  @Json({ nullable: true, description: 'The resource as it was after the change, in its REST representation.' })
  data!: object | null;

  @Json({ nullable: true, description: 'The previous values of the fields that changed; null if there were none.' })
  previous!: object | null;
}

@Shape('Where this page of changes ends.')
export class ChangesEnd {
  @Text({
    max: 200,
    description: 'Pass it as `since` to read on; if there is nothing more yet, keep it for the next request.',
  })
  next!: string;

  @Flag({ description: 'Whether there are more changes already. A page can be empty without being the last.' })
  hasMore!: boolean;
}

@Shape('A page of changes, the oldest first.')
export class Changes {
  @Nested(() => Change, { list: 1_000, description: 'The changes, oldest first.' })
  data!: Change[];

  @Nested(() => ChangesEnd, { description: 'Where this page ends.' })
  page!: ChangesEnd;
}
