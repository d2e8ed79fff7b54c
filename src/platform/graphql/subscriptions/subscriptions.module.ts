import { Module } from '@nestjs/common';
import { EventStreams } from './event-streams.js';
import { EventsResolver } from './events.resolver.js';
import { KeyWatch } from './key-watch.js';
import { Operations } from './operations.js';
import { SocketServer } from './socket-server.js';
import { StreamController } from './stream.controller.js';

/** Subscriptions over WebSockets and server-sent events. */
@Module({
  controllers: [StreamController],
  providers: [EventsResolver, Operations, KeyWatch, SocketServer, EventStreams],
})
export class SubscriptionsModule {}
