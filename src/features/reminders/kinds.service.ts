import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Statement, Tx } from '../../platform/database/tx.js';
import type { Occurrence } from './occurrence.entity.js';
import type { Reminder } from './reminder.entity.js';

/** A ring that was answered, and what was said with the answer. */
export interface Answered {
  readonly reminder: Reminder;
  readonly occurrence: Occurrence;
  readonly note: string | null;
}

/** Runs a statement in the scheduler's transaction, which is of all accounts. */
export type Run = <R>(statement: Statement) => Promise<R[]>;

/** A ring that rings now, of a reminder that repeats. */
export interface Rung {
  readonly accountId: string;
  readonly every: string | null;
  /** When it rings next. */
  readonly next: Date | null;
}

/** What a feature teaches: what its reminders are about, how to tell of one, and what answering it means. */
export interface Kind {
  readonly name: string;
  /** The subject's resource; its representation is the occurrence's snapshot. */
  readonly subject: Type | null;
  /** The ring's title from the subject as it stands; null keeps the reminder's own. */
  readonly title?: (snapshot: Readonly<Record<string, unknown>>) => string | null;
  /** What completing is called on a button, and the word for it in links; `done` unless told. */
  readonly done?: { readonly name: string; readonly title: string };
  /**
   * Tells of rings in its own way, instead of `reminder.due`, inside the transaction that rings them and after all others
   * of the batch. Nobody has to answer them.
   */
  readonly tell?: (run: Run, rung: readonly Rung[]) => Promise<void>;
  /** Runs inside the transaction of the answer, for its effects: a touch logged, a date moved. */
  readonly completed?: (tx: Tx, answered: Answered) => Promise<void>;
}

/** The kinds of reminders. This feature knows none but `manual`; features above teach theirs when they start. */
@Injectable()
export class Kinds {
  private readonly kinds = new Map<string, Kind>([['manual', { name: 'manual', subject: null }]]);
  private readonly subjects = new Map<string, Type>();

  teach(kind: Kind): void {
    if (this.kinds.has(kind.name)) throw new Error(`The kind ${kind.name} is taught twice.`);
    this.kinds.set(kind.name, kind);
  }

  /** A resource that reminders of one's own may be about. */
  allowSubject(noun: string, type: Type): void {
    this.subjects.set(noun, type);
  }

  of(name: string): Kind | null {
    return this.kinds.get(name) ?? null;
  }

  subject(noun: string): Type | null {
    return this.subjects.get(noun) ?? null;
  }

  get subjectNouns(): readonly string[] {
    return [...this.subjects.keys()];
  }
}
