import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { relate } from '../../platform/contract/relations.js';
import type { Data } from '../../kit/words.js';
import type { Happening } from '../../platform/contract/catalogue.js';
import { resourceName } from '../../platform/contract/resources.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';
import type { Run, Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import type { QuietCalendar } from './ring-times.js';

/** A ring that was answered, and what was said with the answer. */
export interface Answered {
  readonly reminder: Reminder;
  readonly occurrence: Occurrence;
  readonly note: string | null;
}

/** The scheduler's transaction: statements over all accounts, and writes of one account. */
export interface Scheduling {
  readonly run: Run;
  readonly as: (rung: Rung) => Tx;
}

/** A ring that rings now. */
export interface Rung {
  readonly accountId: string;
  readonly calendar: AccountCalendar;
  readonly subjectId: string | null;
  readonly every: string | null;
  /** When it rings next, if it repeats. */
  readonly next: Date | null;
}

/** What a feature says of its reminders: what they are about, and how they are told and shown. */
export interface Kind {
  readonly name: string;
  /** The subject's resource; its representation is the occurrence's snapshot. People's own reminders may be about it too. */
  readonly subject: Type | null;
  /** The noun of the subject, where it is no resource that shows its reminders. */
  readonly about?: string;
  /** The ring's title from the subject as it stands; the reminder's own unless given. */
  readonly title?: (snapshot: Readonly<Record<string, unknown>>) => string | null;
  /** What messages tell of the subject of a ring; its name and its job unless given. */
  readonly facts?: (snapshot: Data, happening: Happening) => readonly string[];
  /** The calendars that show it, besides those of everything. */
  readonly lens?: string;
  /** Seconds from the ring until each alarm of a calendar. What has alarms of its own has a time, and is never for a day. */
  readonly alarms?: (dueAt: Date, timeZone: string) => readonly number[];
  /**
   * A time at which the program itself does something. Nobody is told of its rings, so they are in no calendar, preview or digest, wait for
   * no quiet hours and cannot be answered.
   */
  readonly unseen?: boolean;
  /** What completing is called on a button, and the word for it in links; `done` unless told. */
  readonly done?: { readonly name: string; readonly title: string };
}

/** Does what follows from rings of a kind, in the transaction that rings them. */
export type Tell = (scheduling: Scheduling, rung: readonly Rung[]) => Promise<void>;

/** What a feature does when its reminders ring and when they are answered. */
interface Effects {
  /**
   * Tells of rings in its own way, instead of `reminder.due`, inside the transaction that rings them and after all others
   * of the batch. Nobody has to answer them.
   */
  readonly tell?: Tell;
  /** Runs inside the transaction of the answer, for what follows from it. */
  readonly completed?: (tx: Tx, answered: Answered) => Promise<void>;
  readonly dismissed?: (tx: Tx, answered: Answered) => Promise<void>;
}

const kinds = new Map<string, Kind>();
const subjects = new Map<string, Type>();
const lenses = new Set(['all']);
let lensesAreRead = false;

/** Declares a kind when its file is loaded: `src/app/app.module.ts` loads all before the calendars, which offer the lenses. */
export function declareKind(kind: Kind): Kind {
  if (kinds.has(kind.name)) throw new Error(`The kind ${kind.name} is declared twice.`);
  if (kind.lens && !lenses.has(kind.lens) && lensesAreRead)
    throw new Error(
      `The lens ${kind.lens} of ${kind.name} comes too late: in src/app/app.module.ts, import its module above the one of reminders.`,
    );
  kinds.set(kind.name, kind);
  if (kind.lens) lenses.add(kind.lens);
  if (kind.subject) showReminders(kind.subject);
  return kind;
}

/** A subject of a kind shows its reminders, of all kinds. */
function showReminders(subject: Type): void {
  const { noun } = resourceName(subject);
  if (subjects.has(noun)) return;
  subjects.set(noun, subject);
  relate(subject, 'reminders', {
    to: () => Reminder,
    match: { subjectId: 'id' },
    where: { subjectType: noun, state: 'active' },
    order: 'dueAt',
    first: 10,
    description: `The open reminders about this ${noun}, the next first.`,
  });
}

/** What a calendar can show: everything, or the kinds of one lens. From the first time they are read on they stay these. */
export function allLenses(): readonly string[] {
  lensesAreRead = true;
  return [...lenses];
}

/** The kinds of reminders that a lens lets through; null for every kind. */
export function kindsUnder(lens: string): readonly string[] | null {
  if (lens === 'all') return null;
  return [...kinds.values()].filter((kind) => kind.lens === lens).map(({ name }) => name);
}

/** The kinds of which nobody is told. */
export function unseenKinds(): readonly string[] {
  return [...kinds.values()].filter(({ unseen }) => unseen).map(({ name }) => name);
}

/** The quiet hours that hold for a kind. */
export function quietOf<C extends QuietCalendar>(kind: string, calendar: C): C {
  return kinds.get(kind)?.unseen ? { ...calendar, quietFrom: null, quietUntil: null, quietWeekdays: [] } : calendar;
}

/** @throws Problem `conflict` for a reminder that nobody answers or changes */
export function refuseUnseen({ kind }: Pick<Reminder, 'kind'>): void {
  if (kinds.get(kind)?.unseen)
    throw new Problem('conflict', `A ${kind} reminder works by itself: change what it is about instead.`);
}

export function kindOf(name: string): Kind | null {
  return kinds.get(name) ?? null;
}

/** What people make by hand. */
export const MANUAL = declareKind({ name: 'manual', subject: null });

/** What follows from rings and answers. This feature knows of none but its own; features above teach theirs when they start. */
@Injectable()
export class Kinds {
  private readonly effects = new Map<string, Effects>();

  teach({ name }: Kind, effects: Effects): void {
    if (this.effects.has(name)) throw new Error(`The kind ${name} is taught twice.`);
    this.effects.set(name, effects);
  }

  effectsOf(name: string): Effects {
    return this.effects.get(name) ?? {};
  }

  subject(noun: string): Type | null {
    return subjects.get(noun) ?? null;
  }

  get subjectNouns(): readonly string[] {
    return [...subjects.keys()];
  }
}
