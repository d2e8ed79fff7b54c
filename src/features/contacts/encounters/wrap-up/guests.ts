import { Problem } from '../../../../platform/errors/problem.js';
import type { ProblemDetail } from '../../../../platform/errors/problem.js';
import type { Contact } from '../../contact.entity.js';
import type { Identity } from './known-people.sql.js';
import type { WrapUpPerson } from './wrap-up.shapes.js';

/** Somebody who was met: a contact that is there, or one that is about to be. */
export interface Guest {
  readonly id: string;
  readonly name: string;
  /** Null for somebody new. */
  readonly contact: Contact | null;
  readonly person: WrapUpPerson;
}

interface Told {
  readonly people: readonly WrapUpPerson[];
  readonly identities: readonly Identity[];
  /** The contact of each, as it is given or was found; null for somebody new. */
  readonly ids: readonly (string | null)[];
  readonly known: readonly Contact[];
  readonly circleId: string | null;
}

/**
 * Who everybody is.
 *
 * @throws Problem that names everybody who is unknown, has no name, a handle without a circle, or is named twice
 */
export function guestsOf({ people, identities, ids, known, circleId }: Told, newId: () => string): Guest[] {
  const contacts = new Map(known.map((contact) => [contact.id, contact]));
  const seen = new Set<string>();
  const wrong: ProblemDetail[] = [];
  const guests = people.map((person, at): Guest => {
    const contact = contacts.get(ids[at] ?? '') ?? null;
    const keys = [...(ids[at] ? [ids[at]] : []), ...(identities[at]?.keys ?? [])];
    const refusal = refusalOf(person, contact, circleId) ?? (keys.some((key) => seen.has(key)) ? TWICE : null);
    for (const key of keys) seen.add(key);
    if (refusal) wrong.push({ ...refusal, pointer: `/people/${at}${refusal.pointer}` });
    return { id: contact?.id ?? newId(), name: contact?.name ?? person.name ?? '', contact, person };
  });
  const isUnknown = wrong.every(({ code }) => code === 'unknownReference');
  const code = isUnknown ? 'unknown_reference' : 'invalid_input';
  if (wrong.length > 0) throw new Problem(code, wrong.map(({ detail }) => detail).join(' '), wrong);
  return guests;
}

const TWICE: ProblemDetail = {
  pointer: '',
  code: 'namedTwice',
  detail: 'Somebody before has the same contact, address or profile: name each person once.',
};

function refusalOf({ contactId, name, handle }: WrapUpPerson, contact: Contact | null, circleId: string | null) {
  if (contactId && !contact) {
    const detail = `There is no contact ${contactId} in this account.`;
    return { pointer: '/contactId', code: 'unknownReference', detail };
  }
  if (!contact && !name)
    return { pointer: '/name', code: 'needsName', detail: 'Nobody is known by this: give a name, or a contactId.' };
  if (handle && !circleId)
    return { pointer: '/handle', code: 'needsCircle', detail: 'A handle is of a circle: give circleId.' };
  return null;
}
