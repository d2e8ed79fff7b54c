import { fold } from '../../../../kit/fold.js';
import { slugsOf } from '../reading/links.js';
import type { ReadPerson } from '../reading/reader.js';
import { ownId } from './known.sql.js';
import type { KnownContact } from './known.sql.js';

/**
 * Who is who: a person of a file is the contact with the same external id, or whose card it is, else the same profile, else the same e-mail
 * address, else the same name at the same company, unless that contact has another profile.
 */
export class Matches {
  private readonly byId = new Map<string, KnownContact>();
  private readonly byExternalId = new Map<string, KnownContact>();
  private readonly bySlug = new Map<string, KnownContact>();
  private readonly byAddress = new Map<string, KnownContact>();
  private readonly byJob = new Map<string, KnownContact>();

  constructor(known: readonly KnownContact[]) {
    for (const contact of known) {
      put(this.byId, contact.id, contact);
      for (const id of contact.externalIds) put(this.byExternalId, id, contact);
      if (contact.isDeleted) continue;
      for (const slug of contact.slugs) put(this.bySlug, slug, contact);
      for (const email of contact.emails) put(this.byAddress, email.toLowerCase(), contact);
      put(this.byJob, jobKey(contact), contact);
    }
  }

  /** The contact that the person is, a deleted one only if nobody else is it; null for somebody new. */
  of(person: ReadPerson): KnownContact | null {
    const named = this.byExternalId.get(person.externalId) ?? this.byId.get(ownId(person.externalId) ?? '') ?? null;
    if (named && !named.isDeleted) return named;
    return this.alive(person) ?? named;
  }

  private alive(person: ReadPerson): KnownContact | null {
    const slugs = slugsOf(person.links);
    const [certain] = [
      ...slugs.flatMap((slug) => this.bySlug.get(slug) ?? []),
      ...person.emails.flatMap((email) => this.byAddress.get(email.toLowerCase()) ?? []),
    ];
    if (certain) return certain;
    const likely = person.company === null ? null : (this.byJob.get(jobKey(person)) ?? null);
    const isAnother = likely !== null && slugs.length > 0 && likely.slugs.length > 0;
    return isAnother ? null : likely;
  }
}

/** The key of a person whom only the name and the company tell. */
export function jobKey({ name, company }: Pick<ReadPerson, 'name' | 'company'>): string {
  return `${name}\n${fold(company ?? '')}`;
}

function put(map: Map<string, KnownContact>, key: string, contact: KnownContact): void {
  if (!map.has(key)) map.set(key, contact);
}
