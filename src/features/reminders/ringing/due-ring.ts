import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { quietOf as quietOfKind } from '../kinds.service.js';
import type { Rung } from '../kinds.service.js';
import type { Notice } from './notice-statement.js';
import type { Reminder } from '../reminder.entity.js';
import type { Repeating } from '../timing/repeats.js';
import { leadsBetween, outOfQuiet } from '../timing/ring-times.js';
import type { QuietCalendar, Telling } from '../timing/ring-times.js';

/** Something the scheduler has to do with a ring: tell of it ahead, ring it, or tell that nobody answered. */
export interface Due
  extends
    Repeating,
    Telling,
    Pick<Reminder, 'anchor' | 'overdueAfter' | 'title' | 'kind' | 'subjectId'>,
    Omit<AccountCalendar, 'timeZone'> {
  readonly accountId: string;
  readonly id: string;
  readonly state: 'scheduled' | 'open';
  readonly reminderId: string;
  readonly putsOff: string | null;
  readonly dueAt: Date;
  readonly ringsAt: Date;
  readonly accountZone: string;
  readonly now: Date;
}

/** What the account's quiet hours hold back now, whenever it was meant to be told. */
export function held(due: Due): { accountId: string; id: string; wakesAt: Date }[] {
  if (!isQuiet(due)) return [];
  return [{ accountId: due.accountId, id: due.id, wakesAt: outOfQuiet(due.now, quietOf(due)) }];
}

export function isQuiet(due: Due): boolean {
  return outOfQuiet(due.now, quietOf(due)) > due.now;
}

/** Leads that passed together, while nobody was awake, are told as one. */
export function upcoming(due: Due): Notice {
  const { accountId, id, dueAt, ringsAt, now } = due;
  return { account_id: accountId, id, wakes_at: leadsBetween(due, dueAt, ringsAt, quietOf(due), now)[0] ?? ringsAt };
}

export function overdue({ accountId, id }: Due): Notice {
  return { account_id: accountId, id, wakes_at: null };
}

/** In the account's zone, which may be another than the reminder's. */
function calendarOf(due: Due): AccountCalendar {
  return { ...due, timeZone: due.accountZone };
}

export function quietOf(due: Due): QuietCalendar {
  return quietOfKind(due.kind, calendarOf(due));
}

export function rungOf(due: Due, next: Date | null): Rung {
  const { accountId, subjectId, every } = due;
  return { accountId, subjectId, every, next, calendar: calendarOf(due) };
}
