import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Account } from '../accounts/account.entity.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { KeeperService } from '../reminders/keeping/keeper.service.js';
import { nextTouch, rhythmOf } from './cadence.js';
import { KEEP_IN_TOUCH, keepInTouchTitle } from './contact.kinds.js';
import { NextTouchStatement, touchedContacts } from './next-touches.sql.js';
import type { TouchedContact } from './next-touches.sql.js';

const BATCH = 1_000;

/** Keeps the days of next touches where they belong when an account's zone or start of day changes. */
@Injectable()
export class TouchesFollower implements OnModuleInit {
  constructor(
    private readonly accounts: AccountsService,
    private readonly statement: NextTouchStatement,
    private readonly clock: Clock,
    private readonly keeper: KeeperService,
  ) {}

  onModuleInit(): void {
    this.accounts.whenSettingsChange((tx, before, after) => this.follow(tx, before, after));
  }

  /** A touch near midnight is of another day in another zone, and so is the next one. Otherwise the reminder has moved by itself. */
  private async shift(tx: Tx, contact: TouchedContact, before: Account, after: Account): Promise<void> {
    const next = nextTouch(contact, after);
    if (!next || next.dueOn === nextTouch(contact, before)?.dueOn) return;
    const plan = { title: keepInTouchTitle(contact.name), ...next };
    await this.keeper.shift(tx.withCalendar(after), KEEP_IN_TOUCH, contact.id, plan);
  }

  private async follow(tx: Tx, before: Account, after: Account): Promise<void> {
    if (before.timeZone === after.timeZone && before.dayStartsAt === after.dayStartsAt) return;
    const { accountId } = tx.actor;
    for (let last: string | null = null; ;) {
      const found: TouchedContact[] = await tx.run<TouchedContact>(touchedContacts(accountId, last, BATCH));
      const touches = found.map((one) => ({ id: one.id, ...rhythmOf(nextTouch(one, after)) }));
      if (touches.length > 0) await tx.run(this.statement.of(accountId, touches, this.clock));
      for (const one of found) await this.shift(tx, one, before, after);
      if (found.length < BATCH) return;
      last = found.at(-1)?.id ?? null;
    }
  }
}
