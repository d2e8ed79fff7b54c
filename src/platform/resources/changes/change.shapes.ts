import { Flag, Id, Instant, Json, Nested, Text } from '../../contract/fields.js';
import { Shape } from '../../contract/shapes.js';

@Shape('Something that happened to a resource.')
export class Change {
  @Id({ description: "The event's id." })
  id!: string;

  @Text({ max: 100, description: "The event's name.", example: 'account.updated' })
  type!: string;

  @Text({ max: 100, description: 'The noun of the resource it happened to.', example: 'account' })
  resource!: string;

  @Id({ description: 'The id of the resource.' })
  resourceId!: string;

  @Instant({ description: 'When it happened.' })
  occurredAt!: string;

  @Flag({ description: 'Is the resource gone? Then `data` is null.' })
  deleted!: boolean;

  @Json({ nullable: true, description: 'The resource as it was after the change, in its REST representation.' })
  data!: object | null;

  @Json({ nullable: true, description: 'The old values of what changed; null when nothing was there before.' })
  previous!: object | null;
}

@Shape('Where this page of changes ends.')
export class ChangesEnd {
  @Text({
    max: 200,
    description: 'Pass it as `since` to go on; keep it when there is nothing more, for the next time.',
  })
  next!: string;

  @Flag({ description: 'Is there more already? A page can be empty and yet not the last.' })
  hasMore!: boolean;
}

@Shape('A page of changes, the oldest first.')
export class Changes {
  @Nested(() => Change, { list: 1_000, description: 'The changes, the oldest first.' })
  data!: Change[];

  @Nested(() => ChangesEnd, { description: 'Where this page ends.' })
  page!: ChangesEnd;
}
