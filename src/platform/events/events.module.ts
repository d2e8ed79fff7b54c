import { Global, Module } from '@nestjs/common';
import { EventActions } from './event-actions.js';
import { EventFeed } from './feed/event-feed.js';
import { EventsRetention } from './retention/events-retention.js';

/** The log, read live, and how long it is kept. */
@Global()
@Module({
  providers: [EventActions, EventFeed, EventsRetention],
  exports: [EventActions, EventFeed, EventsRetention],
})
export class EventsModule {}
