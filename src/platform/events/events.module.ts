import { Global, Module } from '@nestjs/common';
import { EventActions } from './event-actions.js';
import { EventFeed } from './feed/event-feed.js';
import { EventsRetention } from './retention/events-retention.js';

/** Reading the event log live, and its retention. */
@Global()
@Module({
  providers: [EventActions, EventFeed, EventsRetention],
  exports: [EventActions, EventFeed, EventsRetention],
})
export class EventsModule {}
