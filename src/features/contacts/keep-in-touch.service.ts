import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Kinds } from '../reminders/kinds.service.js';
import type { Answered } from '../reminders/kinds.service.js';
import { ContactsService } from './contacts.service.js';
import { KEEP_IN_TOUCH } from './contact.kinds.js';
import { InteractionsService } from './interactions/interactions.service.js';

/** Completing its ring logs the touch, and the touch moves the next one; dismissing it moves it without a touch. */
@Injectable()
export class KeepInTouchService implements OnModuleInit {
  constructor(
    private readonly kinds: Kinds,
    private readonly interactions: InteractionsService,
    private readonly contacts: ContactsService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.kinds.teach(KEEP_IN_TOUCH, {
      completed: (tx, answered) => this.logTouch(tx, answered),
      dismissed: (tx, answered) => this.waive(tx, answered),
    });
  }

  private async waive(tx: Tx, { reminder }: Answered): Promise<void> {
    if (reminder.subjectId) await this.contacts.waive(tx, reminder.subjectId);
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
  }
}
