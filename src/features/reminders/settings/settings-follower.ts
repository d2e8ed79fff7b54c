import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { inSlices } from '../../../kit/breather.js';
import type { Account } from '../../accounts/account.entity.js';
import { AccountsService } from '../../accounts/accounts.service.js';
import { DigestsService } from '../digests/digests.service.js';
import { RINGS } from '../keeping/ring-schedule.js';
import { moveOf } from './moves.js';
import type { Live, LiveRing, Move } from './moves.js';
import { MoveStatement, liveReminders, liveRings } from './moves.sql.js';

const BATCH = 1_000;

/** Moves reminders when the time zone, the start of the day, the quiet hours or the digest of an account change. */
@Injectable()
export class SettingsFollower implements OnModuleInit {
  constructor(
    private readonly accounts: AccountsService,
    private readonly clock: Clock,
    private readonly statement: MoveStatement,
    private readonly digests: DigestsService,
  ) {}

  onModuleInit(): void {
    this.accounts.whenSettingsChange((tx, before, after) => this.follow(tx, before, after));
  }

  private async follow(tx: Tx, before: Account, after: Account): Promise<void> {
    await this.digests.keep(tx, before, after);
    if (timesOf(before) !== timesOf(after)) await this.moveAll(tx, before, after);
  }

  private async moveAll(tx: Tx, before: Account, after: Account): Promise<void> {
    const { accountId } = tx.actor;
    for (let last: string | null = null; ;) {
      const found: Live[] = await tx.run<Live>(liveReminders(accountId, last, BATCH));
      if (found.length > 0) await this.move(tx, await this.movesOf(tx, found, before, after));
      if (found.length < BATCH) return;
      last = found.at(-1)?.id ?? null;
    }
  }

  private async movesOf(tx: Tx, found: readonly Live[], before: Account, after: Account): Promise<Move[]> {
    const ids = found.map(({ id }) => id);
    const rings = new Map<string, LiveRing[]>(ids.map((id) => [id, []]));
    for (const ring of await tx.run<LiveRing>(liveRings(tx.actor.accountId, ids)))
      rings.get(ring.reminderId)?.push(ring);
    const now = this.clock.now();
    return inSlices(found, (live) => moveOf(live, rings.get(live.id) ?? [], before, after, now));
  }

  private async move(tx: Tx, moves: readonly Move[]): Promise<void> {
    await tx.run(this.statement.of(tx.actor.accountId, moves, this.clock));
    tx.wake(RINGS);
  }
}

function timesOf({ timeZone, dayStartsAt, quietFrom, quietUntil, quietWeekdays }: Account): string {
  return [timeZone, dayStartsAt, quietFrom, quietUntil, ...quietWeekdays].join();
}
