import type { ReadPerson } from '../reading/reader.js';
import { jobKey } from './matches.js';

/** Recognizes the same person in two rows of one file. */
export class Repeats {
  private readonly lines = new Map<string, number>();

  /** The line on which the person was first; null if this is the first. */
  lineOf(person: ReadPerson, line: number): number | null {
    const certain = [
      `id ${person.externalId}`,
      ...(person.email === null ? [] : [`email ${person.email.toLowerCase()}`]),
    ];
    const job = person.company === null ? [] : [`job ${jobKey(person)}`];
    const asked = person.slug === null ? [...certain, ...job] : certain;
    const first = asked.flatMap((key) => this.lines.get(key) ?? [])[0] ?? null;
    if (first === null) for (const key of [...certain, ...job]) this.lines.set(key, line);
    return first;
  }
}
