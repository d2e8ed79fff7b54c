import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** The key under which a node contains its type. No GraphQL name can be `$type`. */
export const NODE_TYPE = '$type';

/** The interface of every resource for Relay (GraphQL Global Object Identification Specification). */
@InterfaceType('Node', {
  description: 'Anything that has a globally unique id.',
  resolveType: (value: Readonly<Record<string, string>>) => value[NODE_TYPE],
})
export abstract class Node {
  @Field(() => ID, { description: 'Its id, a UUID.' })
  id!: string;
}
