import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** Under this key a node says which type it is; no GraphQL name can be `$type`. */
export const NODE_TYPE = '$type';

/** What every resource is to Relay (GraphQL Global Object Identification Specification). */
@InterfaceType('Node', {
  description: 'Anything that has an id of its own.',
  resolveType: (value: Readonly<Record<string, string>>) => value[NODE_TYPE],
})
export abstract class Node {
  @Field(() => ID, { description: 'Its id, a UUID.' })
  id!: string;
}
