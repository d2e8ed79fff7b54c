import type { Traces } from '../../../platform/contract/mentions.js';

/** What a person is called and can be reached by. */
export interface Known {
  readonly id: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Addresses of profiles and websites. */
  readonly addresses: readonly string[];
  /** The names of LinkedIn profiles. */
  readonly slugs: readonly string[];
  /** Profiles at other sites: the site, a colon, and the handle. */
  readonly handles?: readonly string[];
  /** What circles call the person. */
  readonly nicknames: readonly string[];
}

const SEVERAL_WORDS = /\S\s+\S/;
/** A telephone number from so many digits on is no other number. */
const FEWEST_DIGITS = 7;

/** By what a person is found in texts that somebody wrote. A name of one word, and a handle, may be any word: it counts where it stands alone. */
export function tracesOf(people: readonly Known[]): Traces {
  const [parts, wholes] = [new Set<string>(), new Set<string>()];
  const note = (text: string, isDistinct: boolean): void => {
    for (const way of waysOf(text)) (isDistinct ? parts : wholes).add(way);
  };
  for (const person of people) {
    for (const text of [person.id, ...person.emails]) note(text, true);
    for (const name of namesOf(person)) note(name, SEVERAL_WORDS.test(name.trim()));
    for (const phone of person.phones) note(phone, phone.replace(/\D/g, '').length >= FEWEST_DIGITS);
    // Whoever writes an address may leave the scheme out.
    for (const address of person.addresses)
      note(address.replace(/^https?:\/\/(www\.)?/i, ''), /[^/]\/[^/]/.test(address));
    const handles = (person.handles ?? []).map((handle) => handle.slice(handle.indexOf(':') + 1));
    for (const word of [...person.slugs, ...handles, ...person.nicknames]) note(word, false);
  }
  return { parts: [...parts], wholes: [...wholes] };
}

function namesOf({ name, givenName, familyName }: Known): string[] {
  if (givenName === null || familyName === null) return [name];
  return [name, `${givenName} ${familyName}`, `${familyName} ${givenName}`];
}

/** As it is, and as addresses have it. */
function waysOf(text: string): string[] {
  const encoded = encodeURIComponent(text.normalize('NFC'));
  return [text, encoded, encoded.replaceAll('%20', '+')];
}
