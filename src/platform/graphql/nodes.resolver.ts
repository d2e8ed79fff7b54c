import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../actor/actor.js';
import { Caller, NeedsAnyKey } from '../auth/needs.js';
import { Node } from '../contract/node.js';
import type { JsonText } from '../projection/json-text.js';
import { NodesService } from './nodes.service.js';
import { SelectedNodes } from '../resources/selection.js';
import type { SelectNodes } from '../resources/selection.js';

@Resolver(() => Node)
export class NodesResolver {
  constructor(private readonly nodes: NodesService) {}

  @Query(() => Node, {
    nullable: true,
    description: 'The resource with this id, or null if there is none that the key may read. Scope: any.',
  })
  @NeedsAnyKey()
  node(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @SelectedNodes() select: SelectNodes,
  ): Promise<JsonText> {
    return this.nodes.one(actor, id, select);
  }

  @Query(() => [Node], {
    name: 'nodes',
    nullable: 'items',
    description:
      'The resources with these ids, at most 100, in this order; null for each id that is unknown or that the key may not read. Scope: any.',
  })
  @NeedsAnyKey()
  several(
    @Caller() actor: Actor,
    @Args('ids', { type: () => [ID], description: 'Their ids.' }) ids: string[],
    @SelectedNodes() select: SelectNodes,
  ): Promise<JsonText> {
    return this.nodes.several(actor, ids, select);
  }
}
