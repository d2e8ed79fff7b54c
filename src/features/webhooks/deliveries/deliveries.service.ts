import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { DELIVERIES } from '../webhook.topics.js';
import { activeWebhook } from '../webhooks.service.js';
import { Delivery } from './delivery.entity.js';

/** The log of what was sent and of what is still to be sent. */
@Injectable()
export class DeliveriesService extends ReadService {
  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super(database, Delivery);
  }

  /**
   * Sends a delivery again with the same `webhook-id`, at once and then by the schedule from its beginning. An attempt
   * that is under way continues, and its result counts.
   */
  async resend(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const { webhookId, attemptCount, leaseToken } = await tx.find(Delivery, id);
      await activeWebhook(tx, webhookId);
      const underWay = leaseToken === null ? 0 : 1;
      const scheduleStart = attemptCount - underWay;
      const again = { state: 'pending', nextAttemptAt: this.clock.now(), scheduleStart } as const;
      tx.wake(DELIVERIES);
      return (await tx.apply(updated(Delivery, id, again, null), view)).json;
    });
  }
}
