import type { Belonging, Copies } from '../../../platform/contract/belongings.js';
import type { Statement } from '../../../platform/database/tx.js';
import { whoseRows } from '../../../platform/jobs/failures.sql.js';
import type { Wanted } from '../../../platform/jobs/shared-job.js';
import type { Traits } from './person-hashes.js';
import type { Known } from './traces.js';

/** Deleted rows can be restored for so long. */
const KEPT = `interval '30 days'`;

/** The rows of a table that have been in the trash for too long. */
export function findOldTrash(job: string, table: string, now: Date | null, { accountId, most }: Wanted): Statement {
  return {
    text: `select c.account_id as "accountId", c.id from ${table} c where c.deleted_at < coalesce($1::timestamptz, now()) - ${KEPT}
      and ${whoseRows(job, 'c', accountId, '$3')} order by c.deleted_at, c.id limit $2`,
    values: [now, most, ...(accountId === null ? [] : [accountId])],
  };
}

/** Those of these rows that are still there, and still in the trash for too long; locked. */
export function oldTrashAmong(accountId: string, table: string, ids: readonly string[], now: Date | null): Statement {
  return {
    text: `select c.id from ${table} c where c.account_id = $1 and c.id = any($2::uuid[])
      and c.deleted_at < coalesce($3::timestamptz, now()) - ${KEPT} order by c.id for update`,
    values: [accountId, ids, now],
  };
}

/** A contact with what it can be known by, in the trash or not. */
export type KnownPerson = Traits & Known;

const KNOWN = `select c.id, c.name, c.given_name as "givenName", c.family_name as "familyName", c.emails, c.phones || c.phone_numbers as phones,
    profile_slugs(c.links) as slugs, profile_handles(c.links) as handles,
    array(select l ->> 'value' from jsonb_array_elements(c.links) l) as addresses,
    array(select m.handle from memberships m where m.account_id = $1 and m.contact_id = c.id and m.handle is not null) as nicknames,
    array(select x.source || ' ' || x.external_id from external_ids x
      where x.account_id = $1 and x.resource = 'contact' and x.resource_id = c.id) as names
  from contacts c where c.account_id = $1 and c.id = any($2::uuid[]) order by c.id`;

export function peopleAmong(accountId: string, ids: readonly string[]): Statement {
  return { text: KNOWN, values: [accountId, ids] };
}

/** The same, locked. */
export function lockPeopleAmong(accountId: string, ids: readonly string[]): Statement {
  return { text: `${KNOWN} for update of c`, values: [accountId, ids] };
}

/** The contacts that were merged into one, and into those in their turn. */
export function mergedInto(accountId: string, id: string): Statement {
  return {
    text: `with recursive merged as (
        select c.id from contacts c where c.account_id = $1 and c.merged_into_id = $2
        union select c.id from merged m join contacts c on c.account_id = $1 and c.merged_into_id = m.id)
      select m.id from merged m`,
    values: [accountId, id],
  };
}

/** The secret of the account, made when it is needed first. */
export function makeSalt(accountId: string, fresh: Buffer): Statement {
  return {
    text: `insert into erasure_salts (account_id, salt) select $1::uuid, $2::bytea
      on conflict (account_id) do update set salt = erasure_salts.salt returning salt`,
    values: [accountId, fresh],
  };
}

/** The secret of the account; none if nobody is gone. */
export function saltOf(accountId: string): Statement {
  return { text: `select s.salt from erasure_salts s where s.account_id = $1`, values: [accountId] };
}

/** Keeps what a person can be known by. */
export function keepHashes(accountId: string, id: string, hashes: readonly Buffer[]): Statement {
  return {
    text: `update erasures e set hashes = $3::bytea[] where e.account_id = $1 and e.id = $2`,
    values: [accountId, id, hashes],
  };
}

/** Which of these hashes are of somebody who is gone for good. */
export function goneAmong(accountId: string, hashes: readonly Buffer[], reason: string | null): Statement {
  return {
    text: `select distinct h.hash from erasures e cross join unnest(e.hashes) h(hash)
      where e.account_id = $1 and e.hashes && $2::bytea[] and h.hash = any($2::bytea[]) and e.reason = coalesce($3, e.reason)`,
    values: [accountId, hashes, reason],
  };
}

/** The ids of the rows of a belonging. */
export function idsAbout(accountId: string, { table, about }: Belonging, ids: readonly string[]): Statement {
  return { text: `select t.id from ${table} t where t.account_id = $1 and (${about})`, values: [accountId, ids] };
}

/** The rows of a belonging, as they are. */
export function rowsAbout(
  accountId: string,
  { table, about }: Belonging,
  ids: readonly string[],
  most: number,
): Statement {
  return {
    text: `select to_jsonb(t) - 'account_id' as row from ${table} t where t.account_id = $1 and (${about}) limit ${most}`,
    values: [accountId, ids],
  };
}

/** Does with the rows of a belonging what is to be done with them. */
export function letGo(
  accountId: string,
  { table, about, then, only = 'true' }: Belonging,
  ids: readonly string[],
): Statement {
  const which = `t.account_id = $1 and (${about}) and ${only}`;
  const text =
    typeof then === 'object'
      ? `update ${table} t set ${then.set} where ${which}`
      : `delete from ${table} t where ${which}`;
  return { text, values: [accountId, ids] };
}

/** Deletes the rows themselves. */
export function deleteRows(accountId: string, table: string, ids: readonly string[]): Statement {
  return {
    text: `delete from ${table} t where t.account_id = $1 and t.id = any($2::uuid[])`,
    values: [accountId, ids],
  };
}

/** Leaves nothing of these rows in copies. */
export function redacted(
  accountId: string,
  { redact }: Copies,
  ids: readonly string[],
  mentioned: readonly string[],
): Statement {
  return { text: redact, values: [accountId, ids, mentioned.map((id) => `%${id}%`)] };
}

/** Summaries of what was shared with others may tell of the person. */
export function forgetSummaries(accountId: string, ids: readonly string[]): Statement {
  return {
    text: `update interactions t set summary = null, version = t.version + 1 where t.account_id = $1 and t.summary is not null
      and t.id in (select l.interaction_id from interaction_contacts l where l.account_id = $1 and l.contact_id = any($2::uuid[]))`,
    values: [accountId, ids],
  };
}
