import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import { visibleTypes } from '../../../platform/events/visible-types.js';
import { rendered } from '../formats/formats.js';
import { RenderFailure } from '../formats/message.js';
import type { Rendered } from '../formats/message.js';
import { Templates } from '../formats/templates.service.js';
import { Samples } from '../samples/samples.service.js';
import { webhookEvents } from '../webhook.events.js';
import type { DeliveryMessage } from './delivery-message.shape.js';
import { carriedBy } from './delivery-message.sql.js';
import type { Carried } from './delivery-message.sql.js';

/** Shows what was sent, to find the cause of a failure. */
@Injectable()
export class DeliveryMessageService {
  constructor(
    private readonly database: Database,
    private readonly samples: Samples,
    private readonly templates: Templates,
  ) {}

  /**
   * @throws Problem `forbidden` when the key may not read such events, `unprocessable` when the endpoint's current
   *   template fails
   */
  async of(actor: Actor, id: string): Promise<DeliveryMessage> {
    const [carried] = await this.database.read<Carried>(actor, carriedBy(actor.accountId, id));
    if (!carried) throw Problem.notFound('delivery', id);
    visibleTypes(actor, [carried.type]);
    const { contentType, body } = await this.messageOf(actor, carried);
    return { contentType, body };
  }

  private async messageOf(actor: Actor, { format, template, thin, ...logged }: Carried): Promise<Rendered> {
    if (logged.type === webhookEvents.sample.name) return logged.data as unknown as Rendered;
    try {
      const press = { templates: this.templates, accountId: actor.accountId };
      return await rendered({ format, template, thin }, this.samples.from(actor, logged), press);
    } catch (error) {
      if (!(error instanceof RenderFailure)) throw error;
      throw new Problem('unprocessable', `The template fails with this event: ${error.message}.`);
    }
  }
}
