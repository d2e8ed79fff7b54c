import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { Account } from '../accounts/account.entity.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { KeeperService } from '../reminders/keeping/keeper.service.js';
import { TIERS, TIER_SETTINGS, cadenceOf, nextTouchInTime, rhythmOf } from './cadence.js';
import type { NextTouch } from './cadence.js';
import { KEEP_IN_TOUCH, keepInTouchTitle } from './contact.kinds.js';
import { ContactsService } from './contacts.service.js';
import { NextTouchStatement, movedContacts } from './next-touches.sql.js';
import type { Moved, MovedContact } from './next-touches.sql.js';

const BATCH = 1_000;

/** Keeps next touches and their reminders where they belong when an account's zone, start of day or tiers change. */
@Injectable()
export class TouchesFollower implements OnModuleInit {
  constructor(
    private readonly accounts: AccountsService,
    private readonly contacts: ContactsService,
    private readonly statement: NextTouchStatement,
    private readonly clock: Clock,
    private readonly keeper: KeeperService,
  ) {}

  onModuleInit(): void {
    this.accounts.whenSettingsChange((tx, before, after) => this.follow(tx, before, after));
  }

  private async follow(tx: Tx, before: Account, after: Account): Promise<void> {
    const moved = movedBy(before, after);
    if (!moved.all && moved.tiers.length === 0) return;
    const { accountId } = tx.actor;
    for (let last: string | null = null; ;) {
      const found: MovedContact[] = await tx.run<MovedContact>(movedContacts(accountId, moved, last, BATCH));
      const nexts = found.map((contact) => ({ contact, next: nextTouchUnder(contact, after) }));
      const touches = nexts.map(({ contact, next }) => ({ id: contact.id, ...rhythmOf(next) }));
      if (touches.length > 0) await tx.run(this.statement.of(accountId, touches, this.clock));
      for (const { contact, next } of nexts) await this.remind(tx.withCalendar(after), contact, next, before);
      if (found.length < BATCH) return;
      last = found.at(-1)?.id ?? null;
    }
  }

  /**
   * Another cadence is another plan. A touch near midnight is of another day in another zone, and so is the next one. Otherwise the reminder has
   * moved by itself.
   */
  private async remind(tx: Tx, contact: MovedContact, next: NextTouch | null, before: Account): Promise<void> {
    const former = nextTouchInTime(contact, before);
    if (next?.basis !== former?.basis) return this.contacts.keepInTouch(tx, contact, next);
    if (!next || next.dueOn === former?.dueOn) return;
    await this.keeper.shift(tx, KEEP_IN_TOUCH, contact.id, { title: keepInTouchTitle(contact.name), ...next });
  }
}

function movedBy(before: Account, after: Account): Moved {
  return {
    all: before.timeZone !== after.timeZone || before.dayStartsAt !== after.dayStartsAt,
    tiers: TIERS.filter((tier) => before[TIER_SETTINGS[tier]] !== after[TIER_SETTINGS[tier]]),
  };
}

/** @throws Problem that names the setting, when it leads beyond the last year */
function nextTouchUnder(contact: MovedContact, after: Account): NextTouch | null {
  const next = nextTouchInTime(contact, after);
  if (next || cadenceOf(contact, after) === null || contact.tier === null) return next;
  const field = TIER_SETTINGS[contact.tier];
  const detail = `${field} leads beyond the year 2100 for the contact ${contact.id}: give a shorter one.`;
  throw Problem.field(`/${field}`, 'outOfYears', detail);
}
