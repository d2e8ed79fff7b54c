import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Kinds } from '../../reminders/kinds.service.js';
import type { Foreseen, Reach, Rung, Scheduling } from '../../reminders/kinds.service.js';
import { CHECK_BACK } from '../recruiter.kinds.js';
import { CHECK_BACK_ENDS } from './check-back.kinds.js';
import { endingUntil, recruiterOf } from './check-backs.sql.js';
import type { Ending } from './check-backs.sql.js';
import { Parking } from './parking.js';

/** When the time to come back is over, the scheduler says so, once and at the start of that day; then our own reminder ends too. */
@Injectable()
export class CheckBackEnds implements OnModuleInit {
  constructor(
    private readonly kinds: Kinds,
    private readonly database: Database,
    private readonly parking: Parking,
  ) {}

  onModuleInit(): void {
    this.kinds.teach(CHECK_BACK_ENDS, {
      tell: ({ as }, rung) => this.missAll(as, rung),
      foresee: (actor, reach) => this.foresee(actor, reach),
    });
  }

  /** In the order of accounts and ids, so that two workers cannot wait for each other. */
  private async missAll(as: Scheduling['as'], rung: readonly Rung[]): Promise<void> {
    const order = ({ accountId, subjectId }: Rung): string => `${accountId} ${subjectId}`;
    for (const one of [...rung].sort((a, b) => (order(a) < order(b) ? -1 : 1)))
      if (one.subjectId) await this.miss(as, one, one.subjectId);
  }

  private async miss(as: Scheduling['as'], one: Rung, checkBackId: string): Promise<void> {
    const tx = as(one);
    const [found] = await tx.run<{ recruiterId: string }>(recruiterOf(one.accountId, checkBackId));
    if (found) await this.parking.miss(tx, found.recruiterId, checkBackId);
  }

  private async foresee(actor: Actor, { now, to, most }: Reach): Promise<Foreseen> {
    const ends = await this.database.read<Ending>(actor, endingUntil(actor.accountId, to, most));
    const plans = ends.map(({ recruiterId, endsAt }) => {
      return { kind: CHECK_BACK, subjectId: recruiterId, at: endsAt > now ? endsAt : now, plan: null };
    });
    return { plans, through: ends.length === most ? (ends.at(-1)?.endsAt ?? null) : null };
  }
}
