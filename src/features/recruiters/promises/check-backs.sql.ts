import type { Statement } from '../../../platform/database/tx.js';
import { lastDaySql } from './window.js';
import { CHECK_BACK_ENDS } from './check-back.kinds.js';

/** The addresses of a recruiter's contact, in the trash or not. */
export function emailsOf(accountId: string, recruiterId: string): Statement {
  return {
    text: `select c.emails from recruiters r join contacts c on c.account_id = $1 and c.id = r.contact_id
      where r.account_id = $1 and r.id = $2`,
    values: [accountId, recruiterId],
  };
}

/** Recruiters whose contacts have an address of one of these domains. Contacts in the trash have no keys. */
export function recruitersAt(accountId: string, domains: readonly string[]): Statement {
  return {
    text: `select distinct r.id, substr(k.key, 3) as domain from contact_keys k
        join recruiters r on r.account_id = $1 and r.contact_id = k.contact_id
      where k.account_id = $1 and k.key = any($2::text[]) order by r.id, domain`,
    values: [accountId, domains.map((domain) => `3d${domain}`)],
  };
}

/** So many check-backs one return settles at most, of colleagues those that are due first. */
const MOST_SETTLED = 200;

/** The check-backs of a recruiter and of colleagues that a return on a day may change: not those of another time, and not those that are over with. */
export function touchedBy(
  accountId: string,
  recruiterId: string,
  colleagueIds: readonly string[],
  day: string,
): Statement {
  return {
    text: `select c.id from check_backs c where c.account_id = $1 and c.recruiter_id = any($3::uuid[])
        and c.state in ('open', 'early', 'missed') and c.made_on <= $4::date and ${lastDaySql('c.due_on')} >= $4::date
      order by c.recruiter_id <> $2, c.due_on, c.id limit ${MOST_SETTLED}`,
    values: [accountId, recruiterId, [recruiterId, ...colleagueIds], day],
  };
}

export function recruiterOf(accountId: string, checkBackId: string): Statement {
  return {
    text: `select c.recruiter_id as "recruiterId" from check_backs c where c.account_id = $1 and c.id = $2`,
    values: [accountId, checkBackId],
  };
}

export function countOfCheckBacks(accountId: string, recruiterId: string): Statement {
  return {
    text: `select count(*)::int as count from check_backs where account_id = $1 and recruiter_id = $2`,
    values: [accountId, recruiterId],
  };
}

/** A recruiter whose check-back ends by itself. */
export interface Ending {
  readonly recruiterId: string;
  readonly endsAt: Date;
}

/** The check-backs that end until a time, in order; with those whose time has come while no worker was there. */
export function endingUntil(accountId: string, to: Date, most: number): Statement {
  return {
    text: `select c.recruiter_id as "recruiterId", o.wakes_at as "endsAt" from occurrences o
        join check_backs c on c.account_id = $1 and c.id = o.subject_id
      where o.account_id = $1 and o.kind = '${CHECK_BACK_ENDS.name}' and o.wakes_at < $2 order by o.wakes_at, c.id limit $3`,
    values: [accountId, to, most],
  };
}
