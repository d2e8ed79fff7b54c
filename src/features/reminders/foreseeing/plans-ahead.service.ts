import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Kinds } from '../kinds.service.js';
import type { PlanAhead, Reach } from '../kinds.service.js';
import { ringsAhead } from '../timing/rings-ahead.js';
import type { RingTimes } from '../timing/ring-times.js';
import { lackedTime } from '../timing/schedule.js';
import { plannedReminders } from './plans-ahead.sql.js';
import type { PlannedReminder } from './plans-ahead.sql.js';

/** The ring that a reminder has from a time on, unless it gets another plan before it rings. */
export interface RingOfPlan extends Omit<PlannedReminder, 'subjectId' | 'listsFrom'>, RingTimes {
  readonly since: Date;
  /** When the next plan takes the place of this one; null if none does. */
  readonly until: Date | null;
  readonly title: string;
  readonly startsAt: Date;
  readonly wallTime: string | null;
  readonly every: null;
  readonly overdueAfter: string | null;
}

/** When an open or scheduled ring is there, for a digest to list it. */
export interface Listable {
  readonly since: Date | null;
  readonly until: Date | null;
  readonly ringsAt: Date;
}

/** What changes by itself of the rings that are there now. */
export interface PlansAhead {
  /** When the rings that are there end, of each reminder that gets another plan. */
  readonly ends: ReadonlyMap<string, Date>;
  /** The rings of the plans ahead. */
  readonly rings: readonly RingOfPlan[];
  /** When digests can list the rings of these reminders. */
  readonly listable: readonly Listable[];
  /** Until when all plans ahead are known; null if they all are. */
  readonly through: Date | null;
}

const MOST = 1_000;
const NONE: PlansAhead = { ends: new Map(), rings: [], listable: [], through: null };

/** Foresees which kept reminders get another plan by what the program itself does. Read it before their rings: a plan that begins meanwhile is then in both. */
@Injectable()
export class PlansAheadService {
  constructor(
    private readonly database: Database,
    private readonly kinds: Kinds,
  ) {}

  async until(actor: Actor, { now, to }: Pick<Reach, 'now' | 'to'>): Promise<PlansAhead> {
    const known = await Promise.all(this.kinds.foreseers.map((foresee) => foresee(actor, { now, to, most: MOST })));
    const plans = known.flatMap((one) => one.plans);
    const through = known.reduce<Date | null>((first, one) => earlier(first, one.through), null);
    if (plans.length === 0) return { ...NONE, through };
    const reminders = await this.database.read<PlannedReminder>(actor, plannedReminders(actor.accountId, plans));
    const each = reminders.map((reminder) => planned(reminder, plans, actor));
    return {
      ends: new Map(each.flatMap(({ end, reminder }) => (end ? [[reminder.reminderId, end]] : []))),
      rings: each.flatMap(({ rings }) => rings),
      listable: each.flatMap(({ rings, reminder, end }) => [
        ...(reminder.listsFrom ? [{ since: null, until: end, ringsAt: reminder.listsFrom }] : []),
        ...rings,
      ]),
      through,
    };
  }
}

function planned(reminder: PlannedReminder, plans: readonly PlanAhead[], { calendar }: Actor) {
  const { kind, subjectId, listsFrom: _, ...rest } = reminder;
  const own = plans.filter((one) => one.kind.name === kind && one.subjectId === subjectId);
  const rings = own.flatMap(({ at, plan }, index): RingOfPlan[] => {
    if (!plan) return [];
    const { title, dueAt: startsAt, dueOn, overdueAfter = null } = plan;
    const wallTime = dueOn ? lackedTime(startsAt, rest.timeZone, calendar.dayStartsAt) : null;
    const begun = { ...rest, kind, title, startsAt, wallTime, every: null, overdueAfter };
    const until = own[index + 1]?.at ?? null;
    const [ring] = ringsAhead({ ...begun, planNumber: 0, planAfter: null }, [], at, calendar);
    return ring ? [{ ...begun, ...ring, since: at, until }] : [];
  });
  return { reminder, end: own[0]?.at ?? null, rings };
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}
