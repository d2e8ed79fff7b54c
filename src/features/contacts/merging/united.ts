import { mergePatch } from '../../../kit/merge-patch.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { Contact } from '../contact.entity.js';
import type { CreateContactInput } from '../contact.inputs.js';

/** The fields of a contact that a merge unites: those that people give, and the day on which a ring was waved away. */
export type United = Pick<Contact, keyof CreateContactInput | 'metOnFollows' | 'touchWaivedAt'>;

/** Taken where the contact that is kept has none. */
const FILLED = [
  ...['givenName', 'familyName', 'pronouns', 'company', 'title', 'location', 'timeZone', 'birthday', 'howWeMet'],
  ...['tier', 'keepInTouchEvery', 'encounterId', 'metThroughId'],
] as const satisfies readonly (keyof United)[];

/** Lists that are united, and how many values each holds. */
const LISTS = { emails: 20, phones: 20, links: 30, tags: 50 } as const;
const LONGEST_NOTES = 10_000;

/** What can be taken from the contact that is merged although the other has its own. */
export const TAKEN = [
  ...['name', 'givenName', 'familyName', 'pronouns', 'emails', 'phones', 'links', 'company', 'title', 'location'],
  ...[
    'timeZone',
    'birthday',
    'relation',
    'howWeMet',
    'metOn',
    'encounterId',
    'metThroughId',
    'tags',
    'notes',
    'custom',
  ],
  ...['archived', 'tier', 'keepInTouchEvery'],
] as const;
export type Taken = (typeof TAKEN)[number];

/**
 * What a contact becomes when another one is merged into it: its own fields, what it lacks from the other, and lists, notes and custom
 * fields of both. What is taken from the other comes first, or instead.
 *
 * @throws Problem when the notes of both are too long together
 */
export function unitedOf(kept: Contact, merged: Contact, take: readonly Taken[]): Partial<United> {
  const isTaken = (field: string): boolean => (take as readonly string[]).includes(field);
  const united: Record<string, unknown> = {};
  for (const field of FILLED) united[field] = filled(kept[field], merged[field], isTaken(field));
  for (const [field, most] of Object.entries(LISTS) as [keyof typeof LISTS, number][])
    united[field] = union<unknown>(kept[field], merged[field], { most, turned: isTaken(field) });
  const of = isTaken('relation') || kept.relation === 'other' ? merged : kept;
  return {
    ...(united as Partial<United>),
    ...met(kept, merged, isTaken('metOn') || (isTaken('encounterId') && kept.metOnFollows)),
    metThroughId: through(kept, merged, united.metThroughId as string | null),
    name: isTaken('name') ? merged.name : kept.name,
    relation: of.relation === 'other' ? kept.relation : of.relation,
    notes: notesOf(kept.notes, merged.notes, isTaken('notes')),
    custom: isTaken('custom') ? both(kept.custom, merged.custom) : both(merged.custom, kept.custom),
    favourite: kept.favourite || merged.favourite,
    archived: (isTaken('archived') ? merged : kept).archived,
    doNotContact: kept.doNotContact || merged.doNotContact,
    touchWaivedAt: later(kept.touchWaivedAt, merged.touchWaivedAt),
  };
}

function filled<T>(own: T | null, others: T | null, isTaken: boolean): T | null {
  return isTaken ? (others ?? own) : (own ?? others);
}

/** The day, how exactly it is known and whether it follows the encounter belong together. */
function met(kept: Contact, merged: Contact, isTaken: boolean): Partial<United> {
  const of = merged.metOn !== null && (isTaken || kept.metOn === null) ? merged : kept;
  const { metOn, metOnPrecision, metOnFollows, encounterId } = of;
  return { metOn, metOnPrecision, metOnFollows, ...(metOnFollows ? { encounterId } : {}) };
}

/** Nobody is met through themselves. */
function through(kept: Contact, merged: Contact, metThroughId: string | null): string | null {
  const own = [kept.id, merged.id];
  const [found = null] = [metThroughId, kept.metThroughId, merged.metThroughId].filter(
    (id) => id !== null && !own.includes(id),
  );
  return found;
}

function union<T>(own: readonly T[], others: readonly T[], { most, turned }: { most: number; turned: boolean }): T[] {
  const known = new Set<string>();
  const all = turned ? [...others, ...own] : [...own, ...others];
  return all.filter((one) => !known.has(keyOf(one)) && known.add(keyOf(one))).slice(0, most);
}

/** Texts are compared without case: addresses, tags. */
export function keyOf(value: unknown): string {
  if (typeof value === 'string') return value.toLowerCase();
  const { kind, value: text } = value as Contact['links'][number];
  return `${kind} ${text}`.toLowerCase();
}

function both(first: Contact['custom'], second: Contact['custom']): Contact['custom'] {
  return mergePatch(first, second) as Contact['custom'];
}

function notesOf(own: string | null, others: string | null, isTaken: boolean): string | null {
  if (isTaken || own === null || others === null) return filled(own, others, isTaken);
  if (own.includes(others)) return own;
  const joined = `${own}\n\n${others}`;
  if (joined.length <= LONGEST_NOTES) return joined;
  const detail = `The notes of both have ${joined.length} characters, and at most ${LONGEST_NOTES} are kept: shorten them first, or name notes in take to keep those of the merged contact alone.`;
  throw Problem.field('/take', 'notesTooLong', detail);
}

function later(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a > b ? a : b) : (a ?? b);
}
