import { Injectable } from '@nestjs/common';
import type { Clock } from '../clock/clock.js';
import { recordSql } from '../database/record-sql.js';
import { SystemStatement } from '../database/system-statement.js';
import type { Statement } from '../database/tx.js';
import { Projection } from '../projection/projection.js';
import { Failure } from './failure.entity.js';
import { failureEvents } from './failure.events.js';
import type { Wanted } from './shared-job.js';

/** A row that a job failed on by itself. */
export interface Failed {
  readonly account_id: string;
  readonly job: string;
  readonly subject_type: string;
  readonly subject_id: string;
  /** For its account. */
  readonly reason: string;
  /** For the operator. */
  readonly cause: string;
  /** The try with which its account is told. */
  readonly told_at: number;
}

/** A failure whose time to be tried again has come. */
export interface Retry {
  readonly accountId: string;
  readonly id: string;
  readonly job: string;
  readonly subjectId: string;
}

const FIRST_WAIT = `interval '2 seconds'`;
const LONGEST_WAIT = `interval '6 hours'`;
/** How long a worker that tries one again has before another may. */
const TRYING = `interval '1 minute'`;

/** Condition on `account`: the job has set nothing aside of it, so that its work goes with that of the others. */
export function untroubled(job: string, account: string): string {
  return `not exists (select from failures x where x.job = '${job}' and x.account_id = ${account})`;
}

/** Condition: the job has not set this row aside. */
export function notAside(job: string, account: string, id: string): string {
  return `not exists (select from failures x where x.job = '${job}' and x.account_id = ${account} and x.subject_id = ${id})`;
}

/** Condition on rows of a table: those of accounts of which nothing is set aside, or those of one account that are not. */
export function whoseRows(job: string, table: string, accountId: string | null, parameter: string): string {
  const account = `${table}.account_id`;
  if (accountId === null) return untroubled(job, account);
  return `${account} = ${parameter} and ${notAside(job, account, `${table}.id`)}`;
}

/** The same for a job whose rows are accounts. */
export function whoseAccounts(job: string, account: string, { accountId }: Wanted, parameter: string): string {
  return accountId === null
    ? untroubled(job, account)
    : `${account} = ${parameter} and ${notAside(job, account, account)}`;
}

/**
 * Sets rows aside, or says that they failed once more. Their accounts are told once; but not of the event of a failure, which would
 * fail as those before it did.
 */
@Injectable()
export class AsideStatement {
  private readonly statement: SystemStatement<{ readonly failed: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const now = sql.now();
      const parts = [
        `failed as (select * from json_to_recordset(${sql.value('failed', 'json')})
          as f(account_id uuid, job text, subject_type text, subject_id uuid, reason text, cause text, told_at int))`,
        `aside as (insert into failures as x (account_id, id, created_at, updated_at, job, subject_type, subject_id, reason, cause, next_try_at)
        select account_id, new_id(), ${now}, ${now}, job, subject_type, subject_id, reason, cause, ${now} + ${FIRST_WAIT} from failed
        on conflict on constraint failures_once do update set reason = excluded.reason, cause = excluded.cause, tries = x.tries + 1, version = x.version + 1,
          updated_at = excluded.updated_at, next_try_at = ${now} + least(${LONGEST_WAIT}, ${FIRST_WAIT} * 2 ^ least(x.tries, 20))
        returning *)`,
        `news as (select a.* from aside a join failed f using (account_id, job, subject_id) where a.tries = f.told_at and not exists (select from events e
          where e.account_id = a.account_id and e.id = a.subject_id and e.type = '${failureEvents.setAside.name}'))`,
        ...recordSql(sql, projection, Failure, failureEvents.setAside, 'news'),
      ];
      return { parts, answer: 'select count(*)::int as told from event' };
    });
  }

  of(failed: readonly Failed[], clock: Clock): Statement {
    return this.statement.bind({ failed: JSON.stringify(failed) }, clock);
  }
}

/** The accounts of which jobs have set something aside. */
export function troubledAccounts(most: number): Statement {
  return {
    text: `select distinct x.account_id as "accountId", x.job from failures x limit $1`,
    values: [most],
  };
}

/** Takes what is to be tried again now. If this worker dies, another takes it a minute later. */
export function takeRetries(accountId: string, job: string, now: Date | null, most: number): Statement {
  return {
    text: `with ready as (select account_id, id from failures where account_id = $1 and job = $2
        and next_try_at <= coalesce($3::timestamptz, now()) order by next_try_at limit $4 for update skip locked)
      update failures x set next_try_at = coalesce($3::timestamptz, now()) + ${TRYING}
      from ready r where x.account_id = r.account_id and x.id = r.id
      returning x.account_id as "accountId", x.id, x.job, x.subject_id as "subjectId"`,
    values: [accountId, job, now, most],
  };
}

export function failureById(accountId: string, id: string): Statement {
  return {
    text: `select account_id as "accountId", id, job, subject_id as "subjectId" from failures where account_id = $1 and id = $2`,
    values: [accountId, id],
  };
}

/** It is done after all. */
export function forgetFailure(accountId: string, id: string): Statement {
  return { text: `delete from failures where account_id = $1 and id = $2`, values: [accountId, id] };
}
