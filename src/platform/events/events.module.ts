import { Global, Module } from '@nestjs/common';
import { ChangesController } from './changes/changes.controller.js';
import { ChangesResolver } from './changes/changes.resolver.js';
import { ChangesService } from './changes/changes.service.js';
import { EventActions } from './event-actions.js';
import { EventFeed } from './feed/event-feed.js';
import { EventsRetention } from './retention/events-retention.js';

/** The log, read: page by page, and live; and how long it is kept. */
@Global()
@Module({
  controllers: [ChangesController],
  providers: [ChangesService, ChangesResolver, EventActions, EventFeed, EventsRetention],
  exports: [EventActions, EventFeed, EventsRetention],
})
export class EventsModule {}
