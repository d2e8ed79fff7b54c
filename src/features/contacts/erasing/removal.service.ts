import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { allCopies, belongingsOf } from '../../../platform/contract/belongings.js';
import { tableOf } from '../../../platform/contract/tables.js';
import { inserted } from '../../../platform/database/changes.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Contact } from '../contact.entity.js';
import {
  deleteRows,
  forgetSummaries,
  goneAmong,
  idsAbout,
  keepHashes,
  letGo,
  lockPeopleAmong,
  makeSalt,
  redacted,
  saltOf,
} from './erasing.sql.js';
import type { KnownPerson } from './erasing.sql.js';
import { Erasure } from './erasure.entity.js';
import { contactErased } from './erasure.events.js';
import { endAll, forgetMentions } from './mentions-removal.js';
import { hashesOf } from './person-hashes.js';
import type { Traits } from './person-hashes.js';
import { tracesOf } from './traces.js';

const SALT_BYTES = 32;

/** Takes rows away for good, with what hangs on them, and remembers people only as hashes. */
@Injectable()
export class Removal {
  /** Deletes rows and what belongs to them. */
  async forGood(tx: Tx, type: Type, ids: readonly string[]): Promise<void> {
    const { accountId } = tx.actor;
    for (const belonging of [...belongingsOf(type)].reverse()) {
      if (belonging.then !== 'deletedWithIt') await tx.run(letGo(accountId, belonging, ids));
    }
    await tx.run(deleteRows(accountId, tableOf(type).name, ids));
  }

  /** Deletes contacts whose time in the trash is over. */
  async purge(tx: Tx, ids: readonly string[]): Promise<void> {
    const people = await tx.run<KnownPerson>(lockPeopleAmong(tx.actor.accountId, ids));
    for (const person of people) await this.remember(tx, person, 'trash');
    await this.forGood(tx, Contact, ids);
  }

  /** Deletes contacts that are one person, with all that is held on the person and every copy of it. */
  async erase(tx: Tx, contacts: readonly KnownPerson[]): Promise<void> {
    const { accountId } = tx.actor;
    const own = contacts.map(({ id }) => id);
    const [ids, mentioned] = [[...own], [...own]];
    for (const belonging of belongingsOf(Contact)) {
      if (belonging.known === undefined) continue;
      const found = (await tx.run<{ id: string }>(idsAbout(accountId, belonging, own))).map(({ id }) => id);
      ids.push(...found);
      if (belonging.known === 'byTexts') mentioned.push(...found);
    }
    const forgotten = await forgetMentions(tx, tracesOf(contacts));
    ids.push(...forgotten.ids);
    mentioned.push(...forgotten.ids);
    await tx.run(forgetSummaries(accountId, own));
    for (const copies of allCopies()) await tx.run(redacted(accountId, copies, ids, mentioned));
    await endAll(tx, forgotten.endings);
    await this.forGood(tx, Contact, own);
    for (const contact of contacts) await this.remember(tx, contact, 'request');
  }

  /** Which of these people are gone for good, by their place in the list; of one reason alone, if it is given. */
  async goneAmong(
    tx: Tx,
    people: readonly Traits[],
    reason: Erasure['reason'] | null = null,
  ): Promise<ReadonlySet<number>> {
    const [known] = await tx.run<{ salt: Buffer }>(saltOf(tx.actor.accountId));
    if (!known) return new Set();
    const hashed = people.map((person) => hashesOf(known.salt, person).map((hash) => hash.toString('hex')));
    const all = [...new Set(hashed.flat())].map((hex) => Buffer.from(hex, 'hex'));
    const found = await tx.run<{ hash: Buffer }>(goneAmong(tx.actor.accountId, all, reason));
    const gone = new Set(found.map(({ hash }) => hash.toString('hex')));
    return new Set(hashed.flatMap((hashes, at) => (hashes.some((hash) => gone.has(hash)) ? [at] : [])));
  }

  private async remember(tx: Tx, person: KnownPerson, reason: Erasure['reason']): Promise<void> {
    const { accountId } = tx.actor;
    const [made] = await tx.run<{ salt: Buffer }>(makeSalt(accountId, randomBytes(SALT_BYTES)));
    await tx.apply(inserted(Erasure, { id: person.id, reason }, reason === 'request' ? contactErased : null));
    if (made) await tx.run(keepHashes(accountId, person.id, hashesOf(made.salt, person)));
  }
}
