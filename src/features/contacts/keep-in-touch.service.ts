import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Kinds } from '../reminders/kinds.service.js';
import type { Answered, Rung, Scheduling } from '../reminders/kinds.service.js';
import { ContactsService } from './contacts.service.js';
import { KEEP_IN_TOUCH } from './contact.kinds.js';
import { TOUCH_AHEAD } from './interactions/interaction.kinds.js';
import { InteractionsService } from './interactions/interactions.service.js';
import { TouchesAhead } from './touches-ahead.js';

/**
 * Completing its ring logs the touch, and the touch moves the next one; dismissing it moves it without a touch. An interaction that was
 * dated ahead counts when its time comes.
 */
@Injectable()
export class KeepInTouchService implements OnModuleInit {
  constructor(
    private readonly kinds: Kinds,
    private readonly interactions: InteractionsService,
    private readonly contacts: ContactsService,
    private readonly ahead: TouchesAhead,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.kinds.teach(KEEP_IN_TOUCH, {
      completed: (tx, answered) => this.logTouch(tx, answered),
      dismissed: (tx, answered) => this.waive(tx, answered),
    });
    this.kinds.teach(TOUCH_AHEAD, {
      tell: ({ as }, rung) => this.countTouches(as, rung),
      foresee: (actor, reach) => this.ahead.foresee(actor, reach),
    });
  }

  /** In the order of accounts and ids, so that two workers cannot wait for each other. */
  private async countTouches(as: Scheduling['as'], rung: readonly Rung[]): Promise<void> {
    const order = ({ accountId, subjectId }: Rung): string => `${accountId} ${subjectId}`;
    for (const one of [...rung].sort((a, b) => (order(a) < order(b) ? -1 : 1)))
      if (one.subjectId) await this.interactions.takePlace(as(one), one.subjectId);
  }

  private async waive(tx: Tx, { reminder }: Answered): Promise<void> {
    if (!reminder.subjectId) return;
    await this.contacts.waive(tx, reminder.subjectId);
    await this.contacts.renew(tx, reminder.subjectId);
  }

  private async logTouch(tx: Tx, { reminder, note }: Answered): Promise<void> {
    if (!reminder.subjectId) return;
    const touch = {
      occurredAt: this.clock.now(),
      channel: 'other',
      direction: 'mutual',
      countsAsTouch: true,
      summary: note,
    } as const;
    await this.interactions.logIn(tx, { ...touch, contactIds: [reminder.subjectId] });
    await this.contacts.renew(tx, reminder.subjectId);
  }
}
