import { isDeepStrictEqual } from 'node:util';
import { patchBetween } from '../../../kit/merge-patch.js';
import type { Contact } from '../contact.entity.js';
import type { ContactMerge, Part } from './contact-merge.entity.js';
import { keyOf } from './united.js';
import type { United } from './united.js';

/** What of a contact becomes another, as JSON keeps it: before, and after. */
export function changeOf(contact: Contact, united: Partial<United>): Pick<ContactMerge, 'before' | 'after'> {
  const [now, then] = [plain(contact), plain(united)];
  const names = Object.keys(then).filter((name) => !isDeepStrictEqual(now[name], then[name]));
  const part = (of: Part): Part => Object.fromEntries(names.map((name) => [name, of[name]]));
  return { before: part(now), after: part(then) };
}

/**
 * What goes back when a merge is undone: fields that nobody edited since, values of lists that came from the other, and its own fields of
 * `custom`.
 */
export function partedFrom(
  contact: Contact,
  { before, after }: Pick<ContactMerge, 'before' | 'after'>,
): Partial<United> {
  const now = plain(contact);
  const back = Object.keys(after).map((name) => [name, backOf(now[name], before[name], after[name])]);
  return Object.fromEntries(back) as Partial<United>;
}

/** The values to write: `custom` as the patch that makes one object out of the other. */
export function writable(contact: Contact, part: Part): Partial<United> {
  const { touchWaivedAt, custom, ...others } = part;
  const values: Part = {
    ...others,
    ...(custom === undefined ? {} : { custom: patchBetween(contact.custom, custom) }),
    ...(touchWaivedAt === undefined ? {} : { touchWaivedAt: touchWaivedAt && new Date(String(touchWaivedAt)) }),
  };
  return values as Partial<United>;
}

function backOf(now: unknown, before: unknown, after: unknown): unknown {
  if (isDeepStrictEqual(now, after)) return before;
  if (Array.isArray(now)) return without(now, before as unknown[], after as unknown[]);
  return isObject(now) ? backInside(now, before as Part, after as Part) : now;
}

function without(now: readonly unknown[], before: readonly unknown[], after: readonly unknown[]): unknown[] {
  const own = new Set(before.map(keyOf));
  const added = new Set(after.map(keyOf).filter((key) => !own.has(key)));
  return now.filter((one) => !added.has(keyOf(one)));
}

function backInside(now: Part, before: Part, after: Part): Part {
  const kept = Object.entries(now).flatMap(([name, value]) => {
    if (!isDeepStrictEqual(value, after[name])) return [[name, value] as const];
    return Object.hasOwn(before, name) ? [[name, before[name]] as const] : [];
  });
  return Object.fromEntries(kept);
}

function isObject(value: unknown): value is Part {
  return typeof value === 'object' && value !== null;
}

function plain(row: object): Part {
  return JSON.parse(JSON.stringify(row)) as Part;
}
