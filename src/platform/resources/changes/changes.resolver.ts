import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../actor/actor.js';
import { Caller, NeedsAnyKey } from '../../auth/needs.js';
import type { JsonText } from '../../projection/json-text.js';
import { Changes } from './change.shapes.js';
import { ChangesService, DEFAULT_CHANGES, MOST_CHANGES } from './changes.service.js';

const SINCE =
  'The `next` of the previous page; `now` for the current position; unset for the oldest change that is kept.';
const FIRST = `How many changes at most: 1 to ${MOST_CHANGES}, ${DEFAULT_CHANGES} unless told.`;
const TYPES = 'Only these events: names, all events of a resource (`account.*`), or all events (`*`).';

@Resolver()
export class ChangesResolver {
  constructor(private readonly changes: ChangesService) {}

  @Query(() => Changes, {
    name: 'changes',
    description: 'Follow what changed, the oldest first. Any key; it sees what its scopes let it read.',
  })
  @NeedsAnyKey()
  page(
    @Caller() actor: Actor,
    @Args('since', { type: () => String, nullable: true, description: SINCE }) since: string | null,
    @Args('first', { type: () => Int, nullable: true, description: FIRST }) first: number | null,
    @Args('types', { type: () => [String], nullable: true, description: TYPES }) types: string[] | null,
  ): Promise<JsonText> {
    return this.changes.page(actor, { since, first, types });
  }
}
