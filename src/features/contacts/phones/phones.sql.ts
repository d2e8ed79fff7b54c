import { Injectable } from '@nestjs/common';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { CALENDAR_SQL } from '../../../platform/actor/calendar.sql.js';
import type { Clock } from '../../../platform/clock/clock.js';
import { previousSql, recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import type { Statement } from '../../../platform/database/tx.js';
import type { PageOfRows } from '../../../platform/doctor/check.js';
import { whoseAccounts } from '../../../platform/jobs/failures.sql.js';
import type { Wanted } from '../../../platform/jobs/shared-job.js';
import { Projection } from '../../../platform/projection/projection.js';
import { Contact } from '../contact.entity.js';
import { contactEvents } from '../contact.events.js';

/** The telephone numbers of a contact: as typed, as understood, and what they are compared by. */
export type Phones = Pick<Contact, 'id' | 'phones' | 'phoneNumbers' | 'phoneKeys'>;

const SHOWN = 'c.id, c.phones, c.phone_numbers as "phoneNumbers", c.phone_keys as "phoneKeys"';

/** The contacts with telephone numbers after one, in the order of their ids, those in the trash too; locked. */
export function contactsWithPhones(accountId: string, after: string | null, limit: number): Statement {
  return {
    text: `select ${SHOWN} from contacts c
      where c.account_id = $1 and c.phones <> '{}' and ($2::uuid is null or c.id > $2) order by c.id limit $3 for update`,
    values: [accountId, after, limit],
  };
}

/** One contact, in the trash or not; locked. */
export function phonesOf(accountId: string, id: string): Statement {
  return {
    text: `select ${SHOWN} from contacts c where c.account_id = $1 and c.id = $2 for update`,
    values: [accountId, id],
  };
}

export interface ExaminedPhones extends Phones {
  readonly accountId: string;
  readonly calendar: AccountCalendar;
  /** A worker is about to read them again. */
  readonly isWaiting: boolean;
}

/** Contacts of all accounts, with the settings that say what their numbers mean. */
export function examinedPhones({ accountId, id, limit }: PageOfRows): Statement {
  return {
    text: `select c.account_id as "accountId", ${SHOWN}, (select row_to_json(s) from (select ${CALENDAR_SQL}) s) as calendar,
        exists (select from phone_readings r where r.account_id = c.account_id and r.place < c.id) as "isWaiting"
      from contacts c join accounts a on a.id = c.account_id
      where (c.account_id, c.id) > ($1::uuid, $2::uuid) order by c.account_id, c.id limit $3`,
    values: [accountId, id, limit],
  };
}

/** The job that reads on, and in which it is told what fails. */
export const READ_PHONES = 'read phones';

/** How far the numbers of an account were read again, by which country. */
export interface Reading {
  readonly region: string | null;
  /** The last contact that was read. */
  readonly place: string;
}

/** The accounts whose numbers are still to be read again; ids grow with time, so the least advanced comes first. */
export function findReadings({ accountId, most }: Wanted): Statement {
  const whose = whoseAccounts(READ_PHONES, 'r.account_id', { accountId, most }, '$2');
  return {
    text: `select r.account_id as "accountId", r.account_id as id from phone_readings r where ${whose} order by r.place limit $1`,
    values: [most, ...(accountId === null ? [] : [accountId])],
  };
}

/** The reading of an account, locked: before its contacts, so that a change of the setting and the worker wait for each other. */
export function readingOf(accountId: string): Statement {
  return {
    text: `select r.region, r.place from phone_readings r where r.account_id = $1 for update`,
    values: [accountId],
  };
}

export function keepReading(accountId: string, { region, place }: Reading): Statement {
  return {
    text: `insert into phone_readings (account_id, region, place) values ($1, $2, $3)
      on conflict (account_id) do update set region = excluded.region, place = excluded.place`,
    values: [accountId, region, place],
  };
}

export function endReading(accountId: string): Statement {
  return { text: `delete from phone_readings r where r.account_id = $1`, values: [accountId] };
}

/** Writes what numbers mean now, many in one statement, with an event for each contact that shows others; in the trash nobody sees it. */
@Injectable()
export class PhonesStatement {
  private readonly statement: SystemStatement<{ readonly read: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const account = sql.account();
      const differs = 'c.phone_numbers is distinct from x."phoneNumbers"';
      const parts = [
        `x as (select * from json_to_recordset(${sql.value('read', 'json')}) as x(id uuid, "phoneNumbers" text[], "phoneKeys" text[]))`,
        `before as (select c.* from contacts c join x using (id) where c.account_id = ${account})`,
        `after as (update contacts c set phone_numbers = x."phoneNumbers", phone_keys = x."phoneKeys",
          updated_at = case when ${differs} then ${sql.now()} else c.updated_at end,
          version = c.version + case when ${differs} then 1 else 0 end
        from x where c.account_id = ${account} and c.id = x.id returning c.*)`,
        `told as (select a.* from after a join before b using (id) where a.deleted_at is null and a.version > b.version)`,
        ...recordSql(sql, projection, Contact, contactEvents.updated, 'told', previousSql(sql, projection, Contact)),
      ];
      return { parts, answer: 'select count(*)::int as told from event' };
    });
  }

  of(accountId: string, read: readonly Omit<Phones, 'phones'>[], clock: Clock): Statement {
    return this.statement.bind({ read: JSON.stringify(read) }, clock, accountId);
  }
}
