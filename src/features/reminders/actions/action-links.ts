import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { MessageSigner } from '../../../kit/sealed-box.js';
import { Config } from '../../../platform/config/config.js';
import { EventActions } from '../../../platform/events/event-actions.js';
import type { EventAction, LeavingEvent } from '../../../platform/events/event-actions.js';
import { Kinds } from '../kinds.service.js';
import { occurrenceEvents } from '../reminder.events.js';
import { readToken, tokenOf } from './action-token.js';
import type { Addressed } from './action-token.js';
import { ringActions } from './ring-actions.js';

/** People answer days later, but a link that lies about is a key that lies about. */
const VALID_DAYS = 30;
const DAY_MS = 86_400_000;
/** Stands where a token would, and is none. */
const SAMPLE_TOKEN = 'sample';

/** Links by which a ring is answered without a key: signed, and of use until the ring is answered. */
@Injectable()
export class ActionLinks implements OnModuleInit {
  private readonly signer: MessageSigner;

  constructor(
    private readonly config: Config,
    private readonly actions: EventActions,
    private readonly kinds: Kinds,
  ) {
    this.signer = config.keyRing.signer('kith action links');
  }

  onModuleInit(): void {
    const { due, overdue } = occurrenceEvents;
    this.actions.teach([due.name, overdue.name], (event) => this.offered(event));
  }

  read(token: string): Addressed | null {
    return readToken(token, this.signer);
  }

  /** The links of a ring that an event is about. */
  private offered({ accountId, timestamp, data, sample = false }: LeavingEvent): EventAction[] {
    const { id, kind } = data;
    if (typeof id !== 'string' || typeof kind !== 'string') return [];
    const expires = new Date(Date.parse(timestamp) + VALID_DAYS * DAY_MS);
    const token = sample ? SAMPLE_TOKEN : tokenOf({ accountId, occurrenceId: id, expiresAt: expires }, this.signer);
    return this.linksOf(token, kind, expires.toISOString());
  }

  private linksOf(token: string, kind: string, expiresAt: string): EventAction[] {
    const base = `${this.config.publicUrl}/actions/${token}`;
    return ringActions(this.kinds.of(kind)?.done ?? null).map(({ name, title }) => {
      return { name, title, method: 'POST', url: `${base}/${name}`, expiresAt };
    });
  }
}
