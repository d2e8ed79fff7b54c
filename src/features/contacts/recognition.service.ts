import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import type { ContactLink } from './contact-link.js';
import { Removal } from './erasing/removal.service.js';
import { importLock, knownAmong } from './imports/matching/known.sql.js';
import type { KnownContact } from './imports/matching/known.sql.js';
import { Matches } from './imports/matching/matches.js';
import { slugsOf } from './imports/reading/links.js';
import type { ReadPerson } from './imports/reading/reader.js';

/** By what somebody can be known who wrote. */
export interface Stranger {
  readonly emails: readonly string[];
  readonly links: readonly ContactLink[];
}

/** What an import reads of a person besides. */
const NOTHING = {
  ...{ externalId: '', name: '', givenName: null, familyName: null, pronouns: null, company: null, title: null },
  ...{
    location: null,
    timeZone: null,
    birthday: null,
    metOn: null,
    notes: null,
    phones: [],
    tags: [],
    custom: {},
    problems: [],
  },
} satisfies Partial<ReadPerson>;

/** Who somebody is, as imports recognise people. */
@Injectable()
export class Recognition {
  constructor(private readonly removal: Removal) {}

  /** The contact with the same profile, else with the same e-mail address, locked. Those in the trash are nobody. */
  async contactOf(tx: Tx, { emails, links }: Stranger): Promise<string | null> {
    if (emails.length + links.length === 0) return null;
    const person = { ...NOTHING, emails, links };
    const known = await tx.run<KnownContact>(knownAmong(tx.actor.accountId, '', [person]));
    return new Matches(known).of(person)?.id ?? null;
  }

  /** Whether somebody whose erasure was asked for can be known by any of it. */
  async wasErased(tx: Tx, { emails, links }: Stranger): Promise<boolean> {
    const traits = { emails, phones: [], slugs: slugsOf(links), names: [] };
    return (await this.removal.goneAmong(tx, [traits], 'request')).has(0);
  }

  /** Until the end of the transaction nobody else adds people to the account: two at once would both find nobody. */
  async alone(tx: Tx): Promise<void> {
    await tx.run(importLock(tx.actor.accountId));
  }
}
