import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/actor/actor.js';
import { Database } from '../../platform/database/database.js';
import type { Foreseen, PlanAhead, Reach } from '../reminders/kinds.service.js';
import { nextTouchInTime } from './cadence.js';
import type { Touched } from './cadence.js';
import { KEEP_IN_TOUCH, keepInTouchTitle } from './contact.kinds.js';
import { contactsTouchedAhead } from './touches-ahead.sql.js';
import type { TouchedAhead } from './touches-ahead.sql.js';

/** Foresees how interactions that are dated ahead move the next touches, each when its time comes. */
@Injectable()
export class TouchesAhead {
  constructor(private readonly database: Database) {}

  async foresee(actor: Actor, { now, to, most }: Reach): Promise<Foreseen> {
    const rows = await this.database.read<TouchedAhead>(actor, contactsTouchedAhead(actor.accountId, to, most));
    const known = new Map<string, Touched>();
    const plans = rows.flatMap((row): PlanAhead[] => {
      const before = known.get(row.id) ?? row;
      const after = { ...before, lastTouchAt: latest(before.lastTouchAt, row.countsAt) };
      known.set(row.id, after);
      const next = nextTouchInTime(after, actor.calendar);
      if (next?.basis === nextTouchInTime(before, actor.calendar)?.basis) return [];
      const plan = next && { title: keepInTouchTitle(row.name), ...next };
      return [{ kind: KEEP_IN_TOUCH, subjectId: row.id, at: latest(now, row.countsAt), plan }];
    });
    return { plans, through: rows.length === most ? (rows.at(-1)?.countsAt ?? null) : null };
  }
}

function latest(a: Date | null, b: Date): Date {
  return a && a > b ? a : b;
}
