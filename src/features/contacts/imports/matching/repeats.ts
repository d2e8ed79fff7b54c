import { slugsOf } from '../reading/links.js';
import type { ReadPerson } from '../reading/reader.js';
import { jobKey } from './matches.js';

/** Recognizes the same person in two rows of one file. */
export class Repeats {
  private readonly lines = new Map<string, number>();

  /** The line on which the person was first; null if this is the first. */
  lineOf(person: ReadPerson, line: number): number | null {
    const certain = [`id ${person.externalId}`, ...person.emails.map((email) => `email ${email.toLowerCase()}`)];
    const job = person.company === null ? [] : [`job ${jobKey(person)}`];
    const asked = slugsOf(person.links).length === 0 ? [...certain, ...job] : certain;
    const first = asked.flatMap((key) => this.lines.get(key) ?? [])[0] ?? null;
    if (first === null) for (const key of [...certain, ...job]) this.lines.set(key, line);
    return first;
  }

  /** The same for what only its own name tells from others. */
  lineOfId({ externalId }: { readonly externalId: string }, line: number): number | null {
    const first = this.lines.get(`id ${externalId}`) ?? null;
    if (first === null) this.lines.set(`id ${externalId}`, line);
    return first;
  }
}
