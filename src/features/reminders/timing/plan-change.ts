import { localDateOf } from '../../../kit/instants.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { merged } from '../../../platform/database/changes.js';
import type { Occurrence } from '../occurrence.entity.js';
import type { Reminder } from '../reminder.entity.js';
import type { UpdateReminderInput } from '../reminder.inputs.js';
import { isRepeating } from './repeats.js';
import { planOf } from './schedule.js';
import type { Plan } from './schedule.js';

type Known = Pick<Occurrence, 'state' | 'dueAt' | 'putsOff' | 'planNumber'>;

/** The result of a change of the time or the rule. */
export interface PlanChange {
  readonly values: Partial<Plan & Pick<Reminder, 'planNumber' | 'planAfter' | 'state'>>;
  /** Whether the time is moved, so that open and snoozed rings are superseded. */
  readonly moves: boolean;
}

/** Properties that the input leaves out keep their values. */
export function changeOfPlan(
  reminder: Reminder,
  rings: readonly Known[],
  input: UpdateReminderInput,
  calendar: AccountCalendar,
  now: Date,
): PlanChange {
  const begins = Boolean(input.dueAt ?? input.dueOn);
  const plan = planOf(wishOf(reminder, input, begins), calendar, begins ? null : now);
  const own = rings.find(({ state, putsOff }) => state === 'scheduled' && putsOff === null)?.dueAt ?? null;
  if (isRepeating(plan)) return begins ? begun(reminder, plan, own) : goneOn(reminder, plan, rings, own, now);
  if (isRepeating(reminder) && !begins) return last(reminder, plan, rings, own);
  return +plan.dueAt === +reminder.dueAt ? { values: plan, moves: false } : moved(reminder, plan);
}

/** A new start. If it is the time of the next ring anyway, the plan continues. */
function begun(reminder: Reminder, plan: Plan, own: Date | null): PlanChange {
  if (own && +own === +plan.dueAt) return { values: { ...plan, planAfter: null }, moves: false };
  return moved(reminder, plan);
}

function moved(reminder: Reminder, plan: Plan): PlanChange {
  const values = { ...plan, planNumber: reminder.planNumber + 1, planAfter: null, ...revived(reminder) };
  return { values, moves: true };
}

/** A new rule continues from now; times that were answered early stay answered. The same rule changes nothing. */
function goneOn(reminder: Reminder, plan: Plan, rings: readonly Known[], own: Date | null, now: Date): PlanChange {
  const { dueAt: _, ...rule } = plan;
  if (own && sameTimes(reminder, plan)) return { values: rule, moves: false };
  const used = rings.filter(
    ({ state, putsOff }) => putsOff === null && state !== 'scheduled' && state !== 'superseded',
  );
  const early = used.filter(({ dueAt, planNumber }) => dueAt > now && planNumber === reminder.planNumber);
  const planAfter = early.reduce((after, { dueAt }) => (dueAt > after ? dueAt : after), now);
  return { values: { ...rule, planAfter, ...revived(reminder) }, moves: false };
}

/** It stops repeating: the scheduled ring is the last one, or the one that rang already. */
function last(reminder: Reminder, plan: Plan, rings: readonly Known[], own: Date | null): PlanChange {
  const rung = rings
    .filter(({ state, putsOff }) => putsOff === null && state !== 'superseded')
    .map(({ dueAt }) => dueAt);
  const startsAt = own ?? rung.sort((a, b) => b.getTime() - a.getTime())[0] ?? plan.startsAt;
  const dueOn = plan.dueOn && localDateOf(startsAt, plan.timeZone);
  const planNumber = reminder.planNumber + (own ? 1 : 0);
  return {
    values: { ...plan, startsAt, dueOn, dueAt: own ?? reminder.dueAt, planNumber, planAfter: null },
    moves: false,
  };
}

function wishOf(reminder: Reminder, input: UpdateReminderInput, begins: boolean) {
  const { rrule, every, anchor, timeZone, followsAccount, dueOn, startsAt } = reminder;
  const before = dueOn ? { dueOn } : { dueAt: startsAt };
  const when = begins ? { dueAt: input.dueAt ?? null, dueOn: input.dueOn ?? null } : before;
  const zone = { timeZone: input.timeZone ?? (followsAccount ? null : timeZone) };
  return { ...when, ...zone, ...merged({ rrule, every, anchor }, input) };
}

function sameTimes(a: Plan, b: Plan): boolean {
  return timesOf(a) === timesOf(b);
}

function timesOf({ startsAt, timeZone, rrule, every, anchor }: Plan): string {
  return JSON.stringify([startsAt, timeZone, rrule, every, anchor]);
}

/** A new time makes a finished reminder active again. */
function revived({ state }: Reminder): { readonly state?: 'active' } {
  return state === 'paused' ? {} : { state: 'active' };
}
