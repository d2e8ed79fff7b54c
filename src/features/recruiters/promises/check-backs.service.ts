import { Injectable } from '@nestjs/common';
import { localDateOf } from '../../../kit/instants.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { Recruiter } from '../recruiter.entity.js';
import { CheckBack } from './check-back.entity.js';
import { checkBackEvents } from './check-back.events.js';
import type { LogReturnInput } from './check-back.inputs.js';
import { emailsOf, recruiterOf, recruitersAt, touchedBy } from './check-backs.sql.js';
import { beforeReturn, keptOf } from './former.js';
import { firmDomains } from './mail-domains.js';
import { Parking, isStanding } from './parking.js';
import { meaningOf } from './window.js';

/** A return as it is noted. */
interface Return {
  readonly day: string;
  /** The moment, if it is known: who was parked after it did not come back by it. */
  readonly at: Date | null;
  readonly evidence: string;
}

/** What a return did: the ids of the check-backs that are kept or early now, and were not before. */
export interface Returned {
  readonly kept: readonly string[];
  readonly early: readonly string[];
}

/** Check-backs, and what settles them: that a recruiter, or a colleague of the same firm, comes back. */
@Injectable()
export class CheckBacksService extends ReadService {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly parking: Parking,
  ) {
    super(database, CheckBack);
  }

  /** "They came back", on a day. @throws Problem when nobody was expected then */
  async logReturn(actor: Actor, recruiterId: string, input: LogReturnInput, view: ObjectView): Promise<JsonText> {
    const today = localDateOf(this.clock.now(), actor.calendar.timeZone);
    const day = input.on ?? today;
    if (day > today)
      throw Problem.field('/on', 'inFuture', `${day} is after today, ${today}: give the day on which they came back.`);
    return this.database.write(actor, async (tx) => {
      const evidence = input.evidence ?? 'You noted that they came back.';
      const found = await this.settle(tx, recruiterId, { day, at: null, evidence });
      if (found.expected === 0) throw Problem.field('/on', 'notExpected', notExpected(day));
      return tx.one(Recruiter, recruiterId, view);
    });
  }

  /**
   * Notes that a recruiter came back, inside the transaction of what showed it. Nothing happens if nobody was expected.
   *
   * @param at when they did; what lies ahead counts as now
   * @param evidence what shows it, in words, at most 500 letters. It is kept with their own check-back, never with those of colleagues
   */
  async returned(tx: Tx, recruiterId: string, at: Date, evidence: string): Promise<Returned> {
    const now = this.clock.now();
    const since = at < now ? at : now;
    const day = localDateOf(since, tx.actor.calendar.timeZone);
    return this.settle(tx, recruiterId, { day, at: since, evidence });
  }

  /** Takes the last return back: the check-back, the recruiter and the reminder are as if it had not been noted. */
  async reverse(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const recruiter = await this.lockRecruiterOf(tx, id);
      const checkBack = await tx.find(CheckBack, id);
      const before = beforeReturn(checkBack);
      if (!before)
        throw new Problem('conflict', `Nothing can be taken back: it is ${checkBack.state}, and not by a return.`);
      const isParking = recruiter.parking === id;
      const values = isParking || !isStanding(before.state) ? before : this.asLapsed();
      await tx.apply(updated(CheckBack, id, values, checkBackEvents.reversed));
      if (isParking) await this.parking.resume(tx, recruiter, { ...checkBack, ...values });
      return tx.one(CheckBack, id, view);
    });
  }

  private async settle(
    tx: Tx,
    recruiterId: string,
    { day, at, evidence }: Return,
  ): Promise<Returned & { readonly expected: number }> {
    const said = await this.colleaguesOf(tx, recruiterId);
    const { accountId } = tx.actor;
    const locked = await tx.select(Recruiter, { id: [recruiterId, ...said.keys()] });
    if (!locked.some(({ id }) => id === recruiterId)) throw Problem.notFound('recruiter', recruiterId);
    const ids = await tx.run<{ id: string }>(
      touchedBy(
        accountId,
        recruiterId,
        locked.map(({ id }) => id),
        day,
      ),
    );
    const touched = await tx.select(CheckBack, { id: ids.map(({ id }) => id) });
    const expected = touched.filter(({ createdAt }) => at === null || at >= createdAt);
    const done = { kept: [] as string[], early: [] as string[], expected: expected.length };
    for (const checkBack of expected) {
      const words = said.get(checkBack.recruiterId);
      const meaning = await this.settleOne(tx, checkBack, day, words ?? evidence, words ? 'colleague' : 'recruiter');
      if (meaning) done[meaning].push(checkBack.id);
    }
    return done;
  }

  /** Being early again changes nothing, and so does having been early when it is missed already. */
  private async settleOne(
    tx: Tx,
    checkBack: CheckBack,
    day: string,
    evidence: string,
    returnedBy: 'recruiter' | 'colleague',
  ): Promise<'kept' | 'early' | null> {
    const meaning = meaningOf(day, checkBack.dueOn);
    if (meaning === null || (meaning === 'early' && checkBack.state !== 'open')) return null;
    const settledAt = meaning === 'kept' ? this.clock.now() : null;
    const values = { state: meaning, returnedOn: day, returnedBy, evidence, settledAt, former: keptOf(checkBack) };
    await tx.apply(updated(CheckBack, checkBack.id, values, checkBackEvents[meaning]));
    // Who wrote waits for an answer; a colleague does not.
    if (meaning === 'kept') await this.parking.arrive(tx, checkBack, returnedBy === 'recruiter' ? 'new' : 'answered');
    return meaning;
  }

  /** Recruiters with an address of the same firm, and what is said of their return. It names nobody: that would outlast an erasure. */
  private async colleaguesOf(tx: Tx, recruiterId: string): Promise<Map<string, string>> {
    const { accountId } = tx.actor;
    const [found] = await tx.run<{ emails: string[] }>(emailsOf(accountId, recruiterId));
    const domains = firmDomains(found?.emails ?? []);
    if (domains.length === 0) return new Map();
    const at = await tx.run<{ id: string; domain: string }>(recruitersAt(accountId, domains));
    const others = at.filter(({ id }) => id !== recruiterId);
    return new Map(others.map(({ id, domain }) => [id, `A colleague at ${domain} came back.`]));
  }

  private async lockRecruiterOf(tx: Tx, id: string): Promise<Recruiter> {
    const [found] = await tx.run<{ recruiterId: string }>(recruiterOf(tx.actor.accountId, id));
    if (!found) throw Problem.notFound('checkBack', id);
    return tx.find(Recruiter, found.recruiterId);
  }

  /** Meanwhile they were parked again, or are not parked any more, which would have waived it. */
  private asLapsed() {
    const evidence = 'Their parking ended before the return was taken back.';
    return {
      state: 'waived',
      returnedOn: null,
      returnedBy: null,
      settledAt: this.clock.now(),
      evidence,
      former: null,
    } as const;
  }
}

function notExpected(day: string): string {
  return `Neither they nor a colleague were expected on ${day}: give a day from when they were parked to 60 days after the day it was until, or park them.`;
}
