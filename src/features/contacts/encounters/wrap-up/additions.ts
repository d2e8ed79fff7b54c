import type { Contact } from '../../contact.entity.js';
import type { CreateContactInput, UpdateContactInput } from '../../contact.inputs.js';
import type { WrapUpPerson } from './wrap-up.shapes.js';

/** The lists of a contact that a wrap-up adds to, and how many values each holds. */
const LISTS = { emails: 20, phones: 20, links: 30, tags: 50 } as const;
const FILLED = ['company', 'title', 'tier'] as const;
const KNOWN = [...FILLED, 'emails', 'phones', 'links', 'tags', 'relation', 'notes'] as const;
const LONGEST_NOTES = 10_000;

/** What is known of somebody new, besides the name. */
export function knownOf(person: WrapUpPerson): Partial<CreateContactInput> {
  const given = KNOWN.flatMap((field) => (person[field] === undefined ? [] : [[field, person[field]] as const]));
  return Object.fromEntries(given) as Partial<CreateContactInput>;
}

/**
 * What a wrap-up adds to a contact that was there before: values of lists that it does not have, and what is empty. What is there stays, so does what would
 * not fit.
 */
export function additionsTo(contact: Contact, person: WrapUpPerson): UpdateContactInput {
  const added: UpdateContactInput = {};
  for (const [field, most] of Object.entries(LISTS) as [keyof typeof LISTS, number][]) {
    const longer = union<unknown>(contact[field], person[field] ?? [], most);
    if (longer) Object.assign(added, { [field]: longer });
  }
  for (const field of FILLED)
    if (contact[field] === null && person[field]) Object.assign(added, { [field]: person[field] });
  const notes = notesOf(contact, person);
  return notes === null ? added : { ...added, notes };
}

function union<T>(before: readonly T[], more: readonly T[], most: number): T[] | null {
  const known = new Set(before.map(keyOf));
  const fresh = more.filter((one) => !known.has(keyOf(one)) && known.add(keyOf(one)));
  return fresh.length === 0 ? null : [...before, ...fresh].slice(0, Math.max(most, before.length));
}

/** Texts are compared without case: addresses, tags. */
function keyOf(value: unknown): string {
  if (typeof value === 'string') return value.toLowerCase();
  const { kind, value: text } = value as Contact['links'][number];
  return `${kind} ${text}`.toLowerCase();
}

function notesOf({ notes }: Contact, { notes: more }: WrapUpPerson): string | null {
  if (!more || notes?.includes(more)) return null;
  const longer = notes === null ? more : `${notes}\n\n${more}`;
  return longer.length <= LONGEST_NOTES ? longer : null;
}
