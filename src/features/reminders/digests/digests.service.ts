import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { atLocalTime, inZone } from '../../../kit/instants.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Run, Tx } from '../../../platform/database/tx.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import type { Account } from '../../accounts/account.entity.js';
import { KeeperService } from '../keeping/keeper.service.js';
import type { Plan } from '../keeping/keeper.service.js';
import { Kinds } from '../kinds.service.js';
import type { Rung } from '../kinds.service.js';
import { DIGEST, DigestStatement } from './digest-statement.js';
import { repeatsAhead } from './repeats-ahead.js';
import { Digest } from './digest.entity.js';

const WEEK = 7;
const EVERY = { daily: 'P1D', weekly: 'P1W' } as const;

type Wished = Pick<Account, 'digest' | 'digestWeekday'>;
type Day = Pick<Account, 'timeZone' | 'dayStartsAt'>;

/**
 * The digests of an account, read-only. A reminder of the kind `digest` rings when the next one is due, so that time zones and
 * downtime apply to it as to every other reminder.
 */
@Injectable()
export class DigestsService extends ReadService implements OnModuleInit {
  constructor(
    database: Database,
    private readonly keeper: KeeperService,
    private readonly kinds: Kinds,
    private readonly clock: Clock,
    private readonly statement: DigestStatement,
  ) {
    super(database, Digest);
  }

  onModuleInit(): void {
    this.kinds.teach(DIGEST, { tell: ({ run }, rung) => this.make(run, rung) });
  }

  /** Uses the settings before the change. `SettingsFollower` runs after this and applies the new ones. */
  async keep(tx: Tx, before: Account, after: Account): Promise<void> {
    if (wishOf(before) === wishOf(after)) return;
    const plan = this.planOf(after, before);
    await (plan ? this.keeper.keep(tx, DIGEST, after.id, plan) : this.keeper.drop(tx, DIGEST, after.id));
  }

  /** Creates or removes the reminder of an account, when it does not match the settings. */
  async mend(tx: Tx, account: Account): Promise<void> {
    await this.keeper.mend(tx, DIGEST, account.id, this.planOf(account, account));
  }

  private planOf(account: Account, { dayStartsAt, timeZone }: Day): Plan | null {
    const { digest } = account;
    if (digest === 'off') return null;
    const dueOn = firstDay(account, this.clock.now());
    return {
      title: `${digest === 'daily' ? 'Daily' : 'Weekly'} digest`,
      dueOn,
      basis: wishOf(account),
      dueAt: atLocalTime(dueOn, dayStartsAt, timeZone),
      every: EVERY[digest],
    };
  }

  private async make(run: Run, rung: readonly Rung[]): Promise<void> {
    const ahead = await repeatsAhead(run, rung, this.clock.now());
    const wanted = rung.flatMap(({ accountId, every, next }) => {
      if (!next) return [];
      const { count, items } = ahead.get(accountId) ?? { count: 0, items: [] };
      const period = every === EVERY.weekly ? ('weekly' as const) : ('daily' as const);
      return [{ account_id: accountId, id: newId(), period, covers_until: next, more_count: count, more: items }];
    });
    await run(this.statement.of(wanted, this.clock));
  }
}

function wishOf({ digest, digestWeekday }: Wished): string {
  return digest === 'weekly' ? `weekly ${digestWeekday}` : digest;
}

/** The first day that has not started yet and, for a weekly digest, is the chosen weekday. */
function firstDay({ digest, digestWeekday, timeZone, dayStartsAt }: Wished & Day, now: Date): string {
  const today = inZone(now, timeZone).toPlainDate();
  const begun = atLocalTime(today.toString(), dayStartsAt, timeZone) <= now;
  const next = begun ? today.add({ days: 1 }) : today;
  const wait = digest === 'weekly' ? (digestWeekday - next.dayOfWeek + WEEK) % WEEK : 0;
  return next.add({ days: wait }).toString();
}
