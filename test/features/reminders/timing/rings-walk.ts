import { newId } from '../../../../src/kit/ids.js';
import { merged } from '../../../../src/platform/database/changes.js';
import type { AccountCalendar } from '../../../../src/platform/actor/actor.js';
import { Problem } from '../../../../src/platform/errors/problem.js';
import { changeOfPlan } from '../../../../src/features/reminders/timing/plan-change.js';
import type { Reminder } from '../../../../src/features/reminders/reminder.entity.js';
import { replanning } from '../../../../src/features/reminders/timing/replanning.js';
import { isRepeating, timeAfter } from '../../../../src/features/reminders/timing/repeats.js';
import { ringTimes } from '../../../../src/features/reminders/timing/ring-times.js';
import type { KnownRing } from '../../../../src/features/reminders/timing/rings-ahead.js';
import { planOf, ringNow } from '../../../../src/features/reminders/timing/schedule.js';

export type Rule = Partial<Pick<Reminder, 'rrule' | 'every' | 'anchor'>>;

/** What may happen to a reminder; hours are counted from now. */
export type Step =
  | { readonly verb: 'complete' | 'dismiss' | 'skip' | 'pause' | 'resume' | 'end' }
  | { readonly verb: 'wait' | 'snooze' | 'move'; readonly hours: number }
  | { readonly verb: 'rule'; readonly rule: Rule };

const HOUR = 3_600_000;
const NONE: Rule = { rrule: null, every: null, anchor: 'schedule' };

/** A reminder and its rings without a database: what the verbs write, as rows in memory. */
export class Walk {
  private now = new Date('2026-03-02T10:00:00.000Z');
  private reminder: Reminder;
  private rings: KnownRing[] = [];
  private steps = 0;
  private readonly calendar: AccountCalendar;

  constructor(hours: number, rule: Rule, quiet: boolean) {
    const hushed = quiet ? { quietFrom: '22:00', quietUntil: '07:30' } : { quietFrom: null, quietUntil: null };
    this.calendar = {
      timeZone: 'Europe/Berlin',
      dayStartsAt: '09:00',
      checkBackPeriod: 'P8M',
      openFrom: null,
      innerEvery: 'P1M',
      closeEvery: 'P3M',
      wideEvery: 'P6M',
      dormantEvery: null,
      quietWeekdays: [],
      phoneRegion: null,
      ...hushed,
    };
    const plan = planOf({ dueAt: this.at(hours), ...rule }, this.calendar);
    const row = { id: 'one', state: 'active', leads: ['PT2H'], overdueAfter: 'P1D', planNumber: 1, planAfter: null };
    this.reminder = { ...plan, ...row } as unknown as Reminder;
    this.replan();
  }

  take(step: Step): void {
    this.steps += 1;
    const live = this.reminder.state === 'active' || this.reminder.state === 'paused';
    if (step.verb === 'wait') this.wait(step.hours);
    else if (step.verb === 'move') this.change({ dueAt: this.at(step.hours) });
    else if (step.verb === 'rule') this.change({ ...NONE, ...step.rule });
    else if (step.verb === 'end') this.change(NONE);
    else if (live) this.say(step);
    this.forget();
    this.hold(step);
  }

  /** Of a long life only what decides is read, as from the database. */
  private forget(): void {
    const latest = (rings: KnownRing[], at: (ring: KnownRing) => Date | null): KnownRing | undefined =>
      [...rings].sort((a, b) => +(at(b) ?? 0) - +(at(a) ?? 0) || +b.dueAt - +a.dueAt)[0];
    const used = this.rings.filter(
      ({ state, planNumber }) =>
        planNumber === this.reminder.planNumber && state !== 'scheduled' && state !== 'superseded',
    );
    const own = used.filter(({ putsOff }) => putsOff === null);
    const answered = used.filter(({ state }) => state === 'done' || state === 'dismissed');
    const kept = new Set([
      latest(own, ({ dueAt }) => dueAt),
      latest(
        own.filter(({ firedAt }) => firedAt),
        ({ firedAt }) => firedAt,
      ),
      latest(answered, ({ answeredAt }) => answeredAt),
    ]);
    const back = new Set(this.rings.flatMap(({ putsOff, state }) => (state === 'scheduled' ? [] : [putsOff])));
    this.rings = this.rings
      .map((ring) => ({ ...ring, cameBack: ring.cameBack || back.has(ring.id), isKept: kept.has(ring) }))
      .filter(
        ({ state, cameBack, isKept }) =>
          isKept || state === 'scheduled' || state === 'open' || (state === 'snoozed' && !cameBack),
      );
  }

  private say(step: Step): void {
    const open = this.of('open').sort((a, b) => +b.dueAt - +a.dueAt)[0];
    const ring = open ?? this.of('scheduled').sort((a, b) => +a.dueAt - +b.dueAt)[0];
    const own = this.of('scheduled').find(({ putsOff }) => putsOff === null);
    if (step.verb === 'pause') this.reminder.state = 'paused';
    else if (step.verb === 'resume' && this.reminder.state === 'paused') this.resume(own);
    else if (step.verb === 'skip' && own && isRepeating(this.reminder)) this.answer(own, { state: 'dismissed' });
    else if (step.verb === 'snooze' && ring) this.answer(ring, { state: 'snoozed', snoozedUntil: this.at(step.hours) });
    else if (step.verb === 'complete' && ring) this.answer(ring, { state: 'done' });
    else if (step.verb === 'dismiss' && ring) this.answer(ring, { state: 'dismissed' });
    this.replan();
  }

  private answer(ring: KnownRing, answer: Partial<KnownRing>): void {
    this.put({ ...ring, ...answer, answeredAt: this.now, wakesAt: null });
  }

  private resume(own: KnownRing | undefined): void {
    const goesOn = own && own.dueAt <= this.now && isRepeating(this.reminder) && timeAfter(this.reminder, this.now);
    this.reminder = merged(this.reminder, { state: 'active', ...(goesOn ? { planAfter: this.now } : {}) });
  }

  private change(input: object): void {
    try {
      const { values, moves } = changeOfPlan(this.reminder, this.rings, input, this.calendar, this.now);
      this.reminder = merged(this.reminder, values);
      const left = this.rings.filter(({ state, cameBack }) => state === 'open' || (state === 'snoozed' && !cameBack));
      if (moves) for (const ring of left) this.put({ ...ring, state: 'superseded', wakesAt: null });
      if (this.reminder.state === 'active' || this.reminder.state === 'paused') this.replan();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** Time goes by: everything that wakes until then does, in order, as the scheduler does it. */
  private wait(hours: number): void {
    const end = this.at(hours);
    for (;;) {
      const [next] = this.rings.filter(({ wakesAt }) => wakesAt && wakesAt <= end).sort(bySoonest);
      if (!next?.wakesAt) break;
      if (next.wakesAt > this.now) this.now = next.wakesAt;
      if (next.state === 'open') this.put({ ...next, wakesAt: null, overdueTold: true });
      else if (next.ringsAt > this.now) this.put({ ...next, wakesAt: next.ringsAt });
      else this.ring(next);
    }
    this.now = end;
  }

  private ring(ring: KnownRing): void {
    const own = ring.putsOff === null;
    const { next } = ringNow(this.reminder, ring, this.now);
    const missed = own && isRepeating(this.reminder) ? this.of('open').filter(({ putsOff }) => putsOff === null) : [];
    for (const one of missed) this.put({ ...one, state: 'missed', wakesAt: null });
    this.put({ ...ring, state: 'open', firedAt: this.now, wakesAt: null });
    if (own && next) this.put({ ...NEW, id: newId(), planNumber: this.reminder.planNumber, ...this.timesOf(next) });
    const { changed, extra } = this.replan();
    const due = changed.filter(({ id }) => this.rings.find((one) => one.id === id)?.state !== 'open');
    if (due.length + extra.length > 0)
      throw new Error(`The scheduler and the plan differ: ${JSON.stringify([due, extra])}`);
  }

  private replan() {
    const replanned = this.replanning();
    const { changed, extra, dueAt, isOver } = replanned;
    this.rings = this.rings.filter(({ id }) => !extra.includes(id));
    for (const ring of changed) this.put({ ...NEW, ...this.rings.find(({ id }) => id === ring.id), ...ring });
    this.reminder = merged(this.reminder, {
      dueAt: dueAt ?? this.reminder.dueAt,
      ...(isOver ? { state: 'done' } : {}),
    });
    return replanned;
  }

  private replanning() {
    const back = new Set(this.rings.flatMap(({ putsOff, state }) => (state === 'scheduled' ? [] : [putsOff])));
    this.rings = this.rings.map((ring) => ({ ...ring, cameBack: ring.cameBack || back.has(ring.id) }));
    return replanning(this.reminder, this.rings, this.now, this.calendar);
  }

  /** What is true after every step. */
  private hold(step: Step): void {
    const ahead = this.of('scheduled');
    const twice = (rings: readonly KnownRing[]): boolean =>
      new Set(rings.map(({ putsOff }) => putsOff)).size < rings.length;
    const live = this.reminder.state === 'active' || this.reminder.state === 'paused';
    const { changed, extra } = this.steps % REPLANNED === 0 ? this.replanning() : NOTHING;
    const waiting = this.rings.filter(({ state, cameBack }) => state === 'snoozed' && !cameBack);
    const lost = waiting.filter(({ id }) => !ahead.some(({ putsOff }) => putsOff === id));
    const endless = this.reminder.every !== null && this.reminder.anchor === 'schedule';
    const broken = [
      ...(lost.length > 0 ? ['a ring that was put off does not come back'] : []),
      ...(endless && !ahead.some(({ putsOff }) => putsOff === null) ? ['the series is over'] : []),
      ...(live && ahead.length + this.of('open').length === 0 ? ['nothing is open or ahead'] : []),
      ...(twice(ahead) ? ['two rings ahead for one'] : []),
      ...(live && changed.length + extra.length > 0 ? ['replanning twice is not replanning once'] : []),
      ...(this.reminder.state === 'active' && ahead.some(({ wakesAt }) => !wakesAt) ? ['a ring ahead sleeps'] : []),
    ];
    if (broken.length > 0) throw new Error(`${broken.join(', ')} after ${JSON.stringify(step)}`);
  }

  private timesOf(dueAt: Date) {
    return ringTimes(this.reminder, dueAt, this.calendar, this.now);
  }

  private of(state: KnownRing['state']): KnownRing[] {
    return this.rings.filter((ring) => ring.state === state);
  }

  private put(ring: KnownRing): void {
    this.rings = [...this.rings.filter(({ id }) => id !== ring.id), ring];
  }

  private at(hours: number): Date {
    return new Date(this.now.getTime() + hours * HOUR);
  }
}

/** Planning twice is compared with planning once after so many steps: it costs as much as a step. */
const REPLANNED = 3;
const NOTHING = { changed: [], extra: [] };

const NEW = {
  state: 'scheduled',
  firedAt: null,
  answeredAt: null,
  snoozedUntil: null,
  putsOff: null,
  overdueTold: false,
  cameBack: false,
} as const satisfies Partial<KnownRing>;

function bySoonest(a: KnownRing, b: KnownRing): number {
  return (a.wakesAt?.getTime() ?? 0) - (b.wakesAt?.getTime() ?? 0);
}
