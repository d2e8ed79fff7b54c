import type { Chance } from './chance.js';
import { domainOf } from './companies.js';
import { ORIGINS } from './origins.js';
import { PLACES } from './places.js';
import type { ContactBody } from './person.js';

type Named = ContactBody & { readonly givenName: string; readonly familyName: string; readonly location: string };

/** People who do not exist, each once: no two have the same family name and initial, which would make them one person twice. */
export class Names {
  private readonly taken = new Set<string>();
  private readonly phones = new Map<string, number>();

  constructor(private readonly chance: Chance) {}

  next(): Named {
    for (;;) {
      const origin = this.chance.pick(ORIGINS);
      const [givenName, pronouns] = this.chance.pick(origin.given);
      const familyName = this.chance.pick(origin.family);
      const identity = `${givenName.slice(0, 1)} ${familyName}`;
      if (this.taken.has(identity)) continue;
      this.taken.add(identity);
      const location = this.chance.pick(origin.places);
      const { timeZone } = PLACES[location] ?? {};
      const name = `${givenName} ${familyName}`;
      return { name, givenName, familyName, pronouns, location, ...(timeZone ? { timeZone } : {}) };
    }
  }

  /** The next number of a place, if it has some to give away. */
  phoneIn(place: string): string[] {
    const { phone } = PLACES[place] ?? {};
    const n = this.phones.get(place) ?? 0;
    if (!phone || n > 99) return [];
    this.phones.set(place, n + 1);
    return [phone(String(n).padStart(2, '0'))];
  }
}

/** `maelle.rochebrune`, from whatever alphabet with accents. */
export function handleOf({ givenName, familyName }: Pick<Named, 'givenName' | 'familyName'>): string {
  const plain = `${givenName}.${familyName}`.normalize('NFD').replace(/ı/g, 'i').replace(/ł/g, 'l');
  return plain.toLowerCase().replace(/[^a-z.]/g, '');
}

export function emailOf(handle: string, company: string | null): string {
  return company === null ? `${handle}@post.example` : `${handle}@${domainOf(company)}`;
}
