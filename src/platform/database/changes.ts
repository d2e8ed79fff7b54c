import type { Type } from '@nestjs/common';
import type { EventType } from '../contract/catalogue.js';

/**
 * A change as data: what is written, and the event for it. The same statement records the event;
 * a change that changes nothing records none.
 */
export type RowChange = Insertion | Update | Removal | Restoration;

export type Values = Readonly<Record<string, unknown>>;

export interface Insertion {
  readonly verb: 'insert';
  readonly type: Type;
  readonly rows: readonly Values[];
  readonly event: EventType | null;
}

export interface Update {
  readonly verb: 'update';
  readonly type: Type;
  readonly id: string;
  /** Properties that are undefined keep their value. */
  readonly values: Values;
  readonly event: EventType | null;
  /** What changed beside the row, by the names of the API, as it was: links to other rows. The row is then changed in any case. */
  readonly beside?: Values;
  /** Fails unless the row still has this version. */
  readonly version?: number;
}

export interface Removal {
  readonly verb: 'remove';
  readonly type: Type;
  readonly id: string;
  readonly event: EventType | null;
}

export interface Restoration {
  readonly verb: 'restore';
  readonly type: Type;
  readonly id: string;
  readonly event: EventType | null;
}

/** The properties of `T` that may be written: the account, the times and the version are set here. */
type Writable<T> = {
  readonly [K in Exclude<keyof T, 'accountId' | 'createdAt' | 'updatedAt' | 'version'>]?: T[K] | undefined;
};

/** A new row. The caller chooses its id (`newId()`), so that other rows can refer to it in the same write. */
export function inserted<T extends { id: string }>(
  type: Type<T>,
  values: Writable<T> & { id: string },
  event: EventType | null,
): Insertion {
  return { verb: 'insert', type, rows: [values], event };
}

/** Many new rows in one statement, with one event each. All rows have the same properties. */
export function insertedAll<T extends { id: string }>(
  type: Type<T>,
  rows: readonly (Writable<T> & { id: string })[],
  event: EventType | null,
): Insertion {
  return { verb: 'insert', type, rows, event };
}

export function updated<T extends { id: string }>(
  type: Type<T>,
  id: string,
  values: Writable<T>,
  event: EventType | null,
  beside?: Values,
): Update {
  return { verb: 'update', type, id, values, event, ...(beside ? { beside } : {}) };
}

/** Hides a row whose table has `deleted_at`, removes any other. */
export function removed(type: Type, id: string, event: EventType | null): Removal {
  return { verb: 'remove', type, id, event };
}

/** Restores a hidden row, for as long as it is kept. */
export function restored(type: Type, id: string, event: EventType | null): Restoration {
  return { verb: 'restore', type, id, event };
}

/** The row after a change: given values replace existing ones, and undefined keeps them. */
export function merged<T extends object>(row: T, values: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return { ...row, ...Object.fromEntries(given) };
}
