import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { inSlices } from '../../../kit/breather.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { keptBeside } from '../../../platform/database/kept-keys.js';
import { OUTBOX } from '../../../platform/database/topics.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Doctor } from '../../../platform/doctor/doctor.js';
import type { Circumstances, Examined, PageOfRows } from '../../../platform/doctor/check.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import type { Account } from '../../accounts/account.entity.js';
import { AccountsService } from '../../accounts/accounts.service.js';
import { InstallationService } from '../../accounts/installation.service.js';
import { Contact } from '../contact.entity.js';
import {
  PhonesStatement,
  READ_PHONES,
  contactsWithPhones,
  endReading,
  examinedPhones,
  findReadings,
  keepReading,
  phonesOf,
  readingOf,
} from './phones.sql.js';
import type { ExaminedPhones, Phones, Reading } from './phones.sql.js';
import { PHONES } from './phones.topics.js';

/** Of so many the numbers are read again in the transaction that changes the setting: longer ones would hold everybody's log. */
const MOST_AT_ONCE = 2_000;
/** So many are read in one statement. A worker must do it in the time of a shared batch. */
const BATCH = 200;
const ACCOUNTS_AT_ONCE = 5;

/**
 * What the telephone numbers of contacts mean follows the country that the account names: those of some contacts in the transaction that changes the setting, those
 * of the rest by the worker.
 */
@Injectable()
export class PhonesService implements OnModuleInit {
  private readonly job: SharedJob = {
    name: READ_PHONES,
    noun: 'account',
    find: (wanted) => findReadings(wanted),
    some: async (portions, patienceMs) => {
      for (const { accountId } of portions) await this.readOn(accountId, patienceMs);
    },
  };

  constructor(
    private readonly accounts: AccountsService,
    private readonly installation: InstallationService,
    private readonly database: Database,
    private readonly doctor: Doctor,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
    private readonly statement: PhonesStatement,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.accounts.whenSettingsChange((tx, before, after) => this.follow(tx, before, after));
    this.shared.register(this.job);
    this.ticker.add({ name: READ_PHONES, topic: PHONES, run: () => this.takeTurn() });
    this.doctor.add({
      name: 'numbers_as_typed',
      type: 'contact',
      remedy: 'Repair reads the telephone numbers again, by the settings of the account.',
      examine: examinePhones,
      repair: (tx, id) => this.mend(tx, id),
    });
  }

  /** A batch of some accounts whose numbers are still to be read. */
  async takeTurn(): Promise<'again' | null> {
    const found = await this.database.system<Portion>(findReadings({ accountId: null, most: ACCOUNTS_AT_ONCE }));
    if (found.length === 0) return null;
    await this.shared.whole(this.job, (patienceMs) => this.job.some(found, patienceMs));
    return 'again';
  }

  private async follow(tx: Tx, before: Account, after: Account): Promise<void> {
    if (before.phoneRegion === after.phoneRegion) return;
    await tx.run(endReading(tx.actor.accountId));
    let place = await this.readSome(tx, null, after);
    for (let done = BATCH; place !== null && done < MOST_AT_ONCE; done += BATCH)
      place = await this.readSome(tx, place, after);
    if (place === null) return;
    await tx.run(keepReading(tx.actor.accountId, { region: after.phoneRegion, place }));
    tx.wake(PHONES);
  }

  private async readOn(accountId: string, patienceMs: number): Promise<void> {
    const actor = await this.installation.operatorOf(accountId);
    await this.database.systemWrite(async (_, as) => {
      const tx = as(actor);
      const [reading] = await tx.run<Reading>(readingOf(accountId));
      if (!reading) return;
      const { region } = reading;
      const place = await this.readSome(tx, reading.place, { ...actor.calendar, phoneRegion: region });
      await tx.run(place === null ? endReading(accountId) : keepReading(accountId, { region, place }));
      tx.wake(OUTBOX);
    }, patienceMs);
  }

  /** The contacts after a place. Returns the last of them, or null when there are no more. */
  private async readSome(tx: Tx, after: string | null, settings: AccountCalendar): Promise<string | null> {
    const found = await tx.run<Phones>(contactsWithPhones(tx.actor.accountId, after, BATCH));
    await this.readAgain(tx, found, settings);
    return found.length < BATCH ? null : (found.at(-1)?.id ?? null);
  }

  /** A request that began before the setting changed may have written what the numbers meant then. */
  private async mend(tx: Tx, id: string): Promise<void> {
    await this.readAgain(tx, await tx.run<Phones>(phonesOf(tx.actor.accountId, id)), tx.actor.calendar);
  }

  private async readAgain(tx: Tx, found: readonly Phones[], settings: AccountCalendar): Promise<void> {
    const read = (await inSlices(found, (contact) => otherwise(contact, settings))).filter((other) => other !== null);
    if (read.length > 0) await tx.run(this.statement.of(tx.actor.accountId, read, this.clock));
  }
}

async function examinePhones(page: PageOfRows, { run }: Circumstances): Promise<Examined[]> {
  return inSlices(await run<ExaminedPhones>(examinedPhones(page)), (contact) => {
    const other = otherwise(contact, contact.calendar);
    const wrong =
      other && !contact.isWaiting
        ? `has the telephone numbers ${textOf(contact)}, and what was typed means ${textOf(other)}`
        : null;
    return { accountId: contact.accountId, id: contact.id, wrong };
  });
}

/** What the numbers mean by these settings; null if that is what the contact has. */
function otherwise(contact: Phones, settings: AccountCalendar): Omit<Phones, 'phones'> | null {
  const { phoneNumbers, phoneKeys } = { ...contact, ...keptBeside(Contact, { phones: contact.phones }, settings) };
  const isSame =
    String(phoneNumbers) === String(contact.phoneNumbers) && String(phoneKeys) === String(contact.phoneKeys);
  return isSame ? null : { id: contact.id, phoneNumbers, phoneKeys };
}

function textOf({ phoneNumbers, phoneKeys }: Omit<Phones, 'phones'>): string {
  return `${phoneNumbers.join(', ') || 'none'} (${phoneKeys.join(', ')})`;
}
