import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '../../actor/actor.js';
import { Caller, NeedsAnyKey } from '../../auth/needs.js';
import { EventFeed } from '../../events/feed/event-feed.js';
import type { EventStream } from '../../events/feed/event-stream.js';
import { Event } from './event.shape.js';
import { onlyStreamed } from './operations.js';

const TYPES = 'Only these events: names, all of a noun (`account.*`), or everything (`*`), which is the default.';
const AFTER =
  'The id of the last event you have: what came since is told first, each event once. Unset begins with now.';

@Resolver()
export class EventsResolver {
  constructor(private readonly feed: EventFeed) {}

  @Subscription(() => Event, {
    description: 'What happens from now on, in order. Any key; it is told of what its scopes let it read.',
    resolve: onlyStreamed,
  })
  @NeedsAnyKey()
  events(
    @Caller() actor: Actor,
    @Args('types', { type: () => [String], nullable: true, description: TYPES }) types?: string[] | null,
    @Args('subject', { type: () => ID, nullable: true, description: 'Only events about this.' })
    subject?: string | null,
    @Args('after', { type: () => ID, nullable: true, description: AFTER }) after?: string | null,
  ): Promise<EventStream> {
    return this.feed.subscribe(actor, { types: types ?? null, subject: subject ?? null, after: after ?? null });
  }
}
