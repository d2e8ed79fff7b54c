import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { MessageSigner } from '../../../kit/sealed-box.js';
import { Config } from '../../../platform/config/config.js';
import { EventActions } from '../../../platform/events/event-actions.js';
import type { EventAction, LeavingEvent } from '../../../platform/events/event-actions.js';
import { kindOf } from '../kinds.service.js';
import { digestEvents } from '../digests/digest.events.js';
import { occurrenceEvents } from '../reminder.events.js';
import { readToken, tokenOf } from './action-token.js';
import type { Addressed } from './action-token.js';
import { ringActions } from './ring-actions.js';
import type { RingAction } from './ring-actions.js';

/** How long links work. People answer days later, but anybody who finds a link can use it. */
const VALID_DAYS = 30;
const DAY_MS = 86_400_000;
/** The scope that a key needs to answer a ring. */
export const ANSWERS = 'reminders:write';
/** Takes the place of a token in samples; it opens nothing. */
const SAMPLE_TOKEN = 'sample';

interface Named {
  readonly id?: unknown;
  readonly kind?: unknown;
}

/** Signed links that answer a ring without a key. They work until the ring is answered. */
@Injectable()
export class ActionLinks implements OnModuleInit {
  private readonly signer: MessageSigner;
  private readonly byKind = new Map<string, readonly RingAction[]>();

  constructor(
    private readonly config: Config,
    private readonly actions: EventActions,
  ) {
    this.signer = config.keyRing.signer('kith action links');
  }

  onModuleInit(): void {
    const { due, overdue } = occurrenceEvents;
    this.actions.teach([due.name, overdue.name], ANSWERS, (event) => this.offered(event, ringOf(event)));
    this.actions.teach([digestEvents.ready.name], ANSWERS, (event) => this.offered(event, nextBestOf(event)));
  }

  read(token: string): Addressed | null {
    return readToken(token, this.signer);
  }

  /** The links of the ring that an event is about. */
  private offered({ accountId, keyId, timestamp, sample = false }: LeavingEvent, { id, kind }: Named): EventAction[] {
    if (typeof id !== 'string' || typeof kind !== 'string') return [];
    const expires = new Date(Date.parse(timestamp) + VALID_DAYS * DAY_MS);
    const token = sample
      ? SAMPLE_TOKEN
      : tokenOf({ accountId, occurrenceId: id, expiresAt: expires, keyId }, this.signer);
    return this.linksOf(token, kind, expires.toISOString());
  }

  private linksOf(token: string, kind: string, expiresAt: string): EventAction[] {
    const base = `${this.config.publicUrl}/actions/${token}`;
    return this.actionsOf(kind).map(({ name, title }) => {
      return { name, title, method: 'POST', url: `${base}/${name}`, expiresAt };
    });
  }

  private actionsOf(kind: string): readonly RingAction[] {
    const known = this.byKind.get(kind) ?? ringActions(kindOf(kind)?.done ?? null);
    this.byKind.set(kind, known);
    return known;
  }
}

function ringOf({ textOf }: LeavingEvent): Named {
  return { id: textOf('id'), kind: textOf('kind') };
}

/** The ring that a digest says to answer first, if there is one. */
function nextBestOf({ data }: LeavingEvent): Named {
  const next = data.nextBestAction;
  if (typeof next !== 'object' || next === null || !('occurrenceId' in next)) return {};
  return { id: next.occurrenceId, kind: 'kind' in next ? next.kind : null };
}
