import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '../../actor/actor.js';
import { Caller, NeedsAnyKey } from '../../auth/needs.js';
import { EventFeed } from '../../events/feed/event-feed.js';
import type { EventStream } from '../../events/feed/event-stream.js';
import { Event } from './event.shape.js';
import { onlyStreamed } from './operations.js';

const TYPES = 'Only these events: names, all events of a resource (`account.*`), or all events (`*`, the default).';
const AFTER =
  'The id of the last event you have: the events since then are sent first, each once. Unset: only events from now on.';

@Resolver()
export class EventsResolver {
  constructor(private readonly feed: EventFeed) {}

  @Subscription(() => Event, {
    description:
      'Events as they happen, in order. Any key; it gets the events of resources that its scopes let it read.',
    resolve: onlyStreamed,
  })
  @NeedsAnyKey()
  events(
    @Caller() actor: Actor,
    @Args('types', { type: () => [String], nullable: true, description: TYPES }) types?: string[] | null,
    @Args('subject', { type: () => ID, nullable: true, description: 'Only events about the resource with this id.' })
    subject?: string | null,
    @Args('after', { type: () => ID, nullable: true, description: AFTER }) after?: string | null,
  ): Promise<EventStream> {
    return this.feed.subscribe(actor, { types: types ?? null, subject: subject ?? null, after: after ?? null });
  }
}
