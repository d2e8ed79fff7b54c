import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveriesRetention } from './deliveries/deliveries-retention.js';
import { DeliveriesResolver } from './deliveries/deliveries.resolver.js';
import { DeliveriesService } from './deliveries/deliveries.service.js';
import { Templates } from './formats/templates.service.js';
import { Farewells } from './hooks/farewells.js';
import { DeliveryMessageService } from './deliveries/delivery-message.service.js';
import { EndedGrants } from './ended-grants.js';
import { HookSamplesService } from './hooks/hook-samples.service.js';
import { HooksController } from './hooks/hooks.controller.js';
import { HooksService } from './hooks/hooks.service.js';
import { RecoveryController } from './recovery/recovery.controller.js';
import { RecoveryResolver } from './recovery/recovery.resolver.js';
import { RecoveryService } from './recovery/recovery.service.js';
import { Consequences } from './sending/acknowledge.sql.js';
import { Abandoned } from './sending/abandoned.js';
import { Acknowledger } from './sending/acknowledger.js';
import { Deliverer } from './sending/deliverer.js';
import { Endpoints } from './sending/endpoints.js';
import { FanOut } from './sending/fan-out.js';
import { Outgoing } from './sending/outgoing.js';
import { Sender } from './sending/sender.js';
import { OutboxCheck } from './sending/outbox-check.js';
import { WebhookJobs } from './sending/webhook-jobs.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsResolver } from './statistics/statistics.resolver.js';
import { StatisticsService } from './statistics/statistics.service.js';
import { TrialsController } from './trials/trials.controller.js';
import { TrialsResolver } from './trials/trials.resolver.js';
import { Samples } from './samples/samples.service.js';
import { TrialsService } from './trials/trials.service.js';
import { WebhooksController } from './webhooks.controller.js';
import './webhook.mentions.js';
import './webhooks.relations.js';
import { WebhooksResolver } from './webhooks.resolver.js';
import { WebhooksService } from './webhooks.service.js';
import { PingStatement } from './webhooks.sql.js';

@Module({
  controllers: [
    WebhooksController,
    TrialsController,
    RecoveryController,
    StatisticsController,
    HooksController,
    DeliveriesController,
  ],
  providers: [
    WebhooksService,
    WebhooksResolver,
    DeliveriesService,
    DeliveriesRetention,
    DeliveriesResolver,
    PingStatement,
    TrialsService,
    RecoveryService,
    RecoveryResolver,
    StatisticsService,
    StatisticsResolver,
    TrialsResolver,
    HooksService,
    HookSamplesService,
    Samples,
    Templates,
    DeliveryMessageService,
    Farewells,
    EndedGrants,
    Consequences,
    Acknowledger,
    Endpoints,
    Sender,
    Outgoing,
    FanOut,
    Abandoned,
    Deliverer,
    WebhookJobs,
    OutboxCheck,
  ],
})
export class WebhooksModule {}
