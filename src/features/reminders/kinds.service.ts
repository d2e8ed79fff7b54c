import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { relate } from '../../platform/contract/relations.js';
import type { Data } from '../../kit/words.js';
import type { Happening } from '../../platform/contract/catalogue.js';
import { resourceName } from '../../platform/contract/resources.js';
import type { AccountCalendar, Actor } from '../../platform/actor/actor.js';
import type { Run, Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import type { QuietCalendar } from './timing/ring-times.js';

/** An answered ring and the content of the answer. */
export interface Answered {
  readonly reminder: Reminder;
  readonly occurrence: Occurrence;
  readonly note: string | null;
}

/** The transaction of the scheduler, which can write for any account. */
export interface Scheduling {
  readonly run: Run;
  readonly as: (rung: Rung) => Tx;
}

/** A ring that opens now. */
export interface Rung {
  readonly accountId: string;
  readonly calendar: AccountCalendar;
  readonly subjectId: string | null;
  readonly every: string | null;
  /** When the reminder rings next, if it repeats. */
  readonly next: Date | null;
}

/** The declaration of a kind of reminder: its subject, and how messages and calendars show it. */
export interface Kind {
  readonly name: string;
  /** The resource of the subject. Its representation becomes `snapshot` of the occurrence. Reminders that people create may have the same subject. */
  readonly subject: Type | null;
  /** The noun of the subject, if it is not a resource that lists its reminders. */
  readonly about?: string;
  /** The title of a ring, from the current subject. Default: the title of the reminder. */
  readonly title?: (snapshot: Readonly<Record<string, unknown>>) => string | null;
  /** What messages say about the subject. Default: its name, title and company. */
  readonly facts?: (snapshot: Data, happening: Happening) => readonly string[];
  /** The calendar lens that shows it, besides the one for everything. */
  readonly lens?: string;
  /** Seconds from the ring to each calendar alarm. A kind with its own alarms is shown at a time, never as an all-day event. */
  readonly alarms?: (dueAt: Date, timeZone: string) => readonly number[];
  /**
   * True when the program itself acts at this time. Its rings send nothing: they are not in calendars, previews and digests,
   * ignore quiet hours and cannot be answered. They come first: nothing is told to an account while one of them is due.
   */
  readonly unseen?: boolean;
  /** The label of the button that completes it, and its word in links. Default: `done`. */
  readonly done?: { readonly name: string; readonly title: string };
}

/** The plan that a kept reminder gets at a time ahead, by what the program itself does then. */
export interface PlanAhead {
  readonly kind: Kind;
  readonly subjectId: string;
  readonly at: Date;
  /** Null when it is kept no more from then on. */
  readonly plan: {
    readonly title: string;
    readonly dueAt: Date;
    readonly dueOn?: string;
    readonly overdueAfter?: string;
  } | null;
}

/** How far is foreseen, and how many plans at most. */
export interface Reach {
  readonly now: Date;
  readonly to: Date;
  readonly most: number;
}

/** Plans ahead in order of time. */
export interface Foreseen {
  readonly plans: readonly PlanAhead[];
  /** Until when there are no others; null if there are none. */
  readonly through: Date | null;
}

export type Foresee = (actor: Actor, reach: Reach) => Promise<Foreseen>;

/** Runs in the transaction that opens rings of a kind. */
export type Tell = (scheduling: Scheduling, rung: readonly Rung[]) => Promise<void>;

/** What a feature does when its reminders ring and when they are answered. */
interface Effects {
  /**
   * Replaces `reminder.due`. Runs in the transaction that opens the rings, after all other rings of the batch. These rings
   * need no answer.
   */
  readonly tell?: Tell;
  /** For a kind whose rings act: how that changes the plans of other reminders, so that previews and calendars show it. Writes nothing. */
  readonly foresee?: Foresee;
  /** Runs in the transaction of the answer. */
  readonly completed?: (tx: Tx, answered: Answered) => Promise<void>;
  readonly dismissed?: (tx: Tx, answered: Answered) => Promise<void>;
}

const kinds = new Map<string, Kind>();
const subjects = new Map<string, Type>();
const lenses = new Set(['all']);
let lensesAreRead = false;

/** Declares a kind. Files with kinds are loaded before the calendars, which list the lenses: see `src/app/app.module.ts`. */
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

/** Gives the resource of the subject the relation `reminders`. */
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

/** What a calendar can show: everything, or the kinds of one lens. No kind can be declared after the first call. */
export function allLenses(): readonly string[] {
  lensesAreRead = true;
  return [...lenses];
}

/** The kinds that a lens shows; null for all. */
export function kindsUnder(lens: string): readonly string[] | null {
  if (lens === 'all') return null;
  return [...kinds.values()].filter((kind) => kind.lens === lens).map(({ name }) => name);
}

/** The kinds that this version of the program knows. */
export function knownKinds(): readonly string[] {
  return [...kinds.keys()];
}

/** The kinds whose rings send nothing. */
export function unseenKinds(): readonly string[] {
  return [...kinds.values()].filter(({ unseen }) => unseen).map(({ name }) => name);
}

/** The quiet hours that apply to a kind. */
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

/** The kind of reminders that people create. */
export const MANUAL = declareKind({ name: 'manual', subject: null });

/** The hooks of the kinds. Features register theirs when the program starts. */
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

  get foreseers(): readonly Foresee[] {
    return [...this.effects.values()].flatMap(({ foresee }) => foresee ?? []);
  }

  subject(noun: string): Type | null {
    return subjects.get(noun) ?? null;
  }

  get subjectNouns(): readonly string[] {
    return [...subjects.keys()];
  }
}
