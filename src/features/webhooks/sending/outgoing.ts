import { Injectable } from '@nestjs/common';
import { EventActions } from '../../../platform/events/event-actions.js';
import { RenderFailure } from '../formats/message.js';
import { Templates } from '../formats/templates.service.js';
import { refusedBefore } from './exchange.js';
import type { Outcome } from './exchange.js';
import { messageOf } from './message-of.js';
import type { Parcel } from './parcel.js';
import { Sender } from './sender.js';

/** Writes a claimed delivery in the format of its endpoint, and sends it. */
@Injectable()
export class Outgoing {
  constructor(
    private readonly sender: Sender,
    private readonly actions: EventActions,
    private readonly templates: Templates,
  ) {}

  async send({ claimed, body, endpoint, wishes }: Parcel, at: Date): Promise<Outcome> {
    if (endpoint.refusal) return refusedBefore(endpoint.refusal);
    const { accountId, id, eventId } = claimed;
    const { scopes, keyId } = endpoint;
    const letter = { accountId, id, eventId, body, scopes, keyId };
    const message = await messageOf(letter, wishes, { actions: this.actions, templates: this.templates });
    if (message instanceof RenderFailure) return refusedBefore(message.errorCode);
    return this.sender.send(endpoint, { ...message, id, at });
  }

  /** Ends the attempts that are under way. */
  interrupt(): void {
    this.sender.interrupt();
  }

  close(): Promise<void> {
    return this.sender.close();
  }
}
