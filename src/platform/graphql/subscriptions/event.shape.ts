import { ObjectType } from '@nestjs/graphql';
import { Id, Instant, Json, Text } from '../../contract/fields.js';
import { playGraphql } from '../../contract/graphql-types.js';

/** An event of a subscription. REST has its own shape for it: `Change`. */
export class Event {
  @Id({ description: 'Its id: subscribe with it as `after` to continue behind it.' })
  id!: string;

  @Text({ max: 100, description: 'Its name.', example: 'account.updated' })
  type!: string;

  @Instant({ description: 'When it happened.' })
  occurredAt!: string;

  @Text({ max: 100, description: 'The type of resource it is about.', example: 'account' })
  subjectType!: string;

  @Id({ description: 'The id of the resource it is about.' })
  subjectId!: string;

  @Json({ description: 'The resource in its REST representation, as a webhook carries it.' })
  data!: object;

  @Json({ nullable: true, description: 'The previous values of the fields that changed; null if there were none.' })
  previous!: object | null;
}

ObjectType('Event', { description: 'Something that happened.' })(Event);
playGraphql(Event, 'out');
