import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveriesRetention } from './deliveries/deliveries-retention.js';
import { DeliveriesResolver } from './deliveries/deliveries.resolver.js';
import { DeliveriesService } from './deliveries/deliveries.service.js';
import { Consequences } from './sending/acknowledge.sql.js';
import { Acknowledger } from './sending/acknowledger.js';
import { Deliverer } from './sending/deliverer.js';
import { Endpoints } from './sending/endpoints.js';
import { FanOut } from './sending/fan-out.js';
import { Sender } from './sending/sender.js';
import { WebhookJobs } from './sending/webhook-jobs.js';
import { WebhooksController } from './webhooks.controller.js';
import './webhooks.relations.js';
import { WebhooksResolver } from './webhooks.resolver.js';
import { WebhooksService } from './webhooks.service.js';
import { PingStatement } from './webhooks.sql.js';

@Module({
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    WebhooksService,
    WebhooksResolver,
    DeliveriesService,
    DeliveriesRetention,
    DeliveriesResolver,
    PingStatement,
    Consequences,
    Acknowledger,
    Endpoints,
    Sender,
    FanOut,
    Deliverer,
    WebhookJobs,
  ],
})
export class WebhooksModule {}
