import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { unknownEvent } from '../../../platform/events/event-patterns.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { rendered } from '../formats/formats.js';
import { RenderFailure } from '../formats/message.js';
import { Templates } from '../formats/templates.service.js';
import { eventsOf } from '../payload-filter.js';
import { Samples } from '../samples/samples.service.js';
import { Webhook } from '../webhook.entity.js';
import { webhookEvents } from '../webhook.events.js';
import { DELIVERIES } from '../webhook.topics.js';
import { WebhooksService, activeWebhook } from '../webhooks.service.js';
import type { SendWebhookSampleInput, WebhookPreview } from './trial.shapes.js';
import { recordSample } from './trials.sql.js';

type Styled = Pick<Webhook, 'format' | 'template' | 'thin'>;

/** Samples of what an endpoint would receive, shown or sent. No event has happened. */
@Injectable()
export class TrialsService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
    private readonly clock: Clock,
    private readonly samples: Samples,
    private readonly templates: Templates,
  ) {}

  /** Shows a sample of the event, or of the first one that the endpoint asks for. */
  async preview(actor: Actor, id: string, given: GivenArguments): Promise<WebhookPreview> {
    const asked = new JudgedArguments(given, ['eventType']);
    const eventType = asked.text('eventType', unknownEvent);
    asked.assertKept();
    const { text } = await this.webhooks.one(actor, id, wholeView(Webhook));
    const webhook = JSON.parse(text) as Webhook;
    const [first = webhookEvents.ping] = eventsOf(webhook.eventTypes);
    return this.previewOf(actor, webhook, eventType ?? first.name);
  }

  /**
   * Sends a sample in the way of every event, but to this endpoint only. Returns the delivery, which can be followed in
   * the log.
   */
  async sendSample(actor: Actor, id: string, input: SendWebhookSampleInput, view: ObjectView): Promise<JsonText> {
    const deliveryId = newId();
    return this.database.write(actor, async (tx) => {
      const preview = JSON.stringify(await this.previewOf(actor, await activeWebhook(tx, id), input.eventType));
      await tx.run(recordSample(actor.accountId, id, { deliveryId, preview, now: this.clock.forSql() }));
      tx.wake(DELIVERIES);
      return tx.one(Delivery, deliveryId, view);
    });
  }

  private async previewOf(
    actor: Actor,
    { format, template, thin }: Styled,
    eventType: string,
  ): Promise<WebhookPreview> {
    const press = { templates: this.templates, accountId: actor.accountId };
    const [event = webhookEvents.ping] = eventsOf([eventType]);
    try {
      const { body, contentType } = await rendered({ format, template, thin }, this.samples.of(actor, event), press);
      return { eventType, contentType, body };
    } catch (error) {
      if (!(error instanceof RenderFailure)) throw error;
      throw new Problem('unprocessable', `The template fails with a sample of ${eventType}: ${error.message}.`);
    }
  }
}
