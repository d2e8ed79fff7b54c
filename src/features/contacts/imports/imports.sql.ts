import type { Statement } from '../../../platform/database/tx.js';
import { untroubled, whoseRows } from '../../../platform/jobs/failures.sql.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';
import type { Outcome } from './import-row.entity.js';

/** The job that reads and applies files. */
export const IMPORT = 'import';

/** A worker that dies is followed by another after this many seconds. */
const LEASE_SECONDS = 10;

/** An import that a worker has taken. */
export interface ClaimedImport {
  readonly accountId: string;
  readonly id: string;
}

/** Takes the import that has waited longest since somebody worked on it, so that a large one of one account delays no other. */
export function claimImport(token: string, only?: Portion): Statement {
  const whose = only ? 'i.account_id = $2 and i.id = $3' : untroubled(IMPORT, 'i.account_id');
  return {
    text: `with next as (select i.account_id, i.id from imports i where i.lease_until < clock_timestamp() and ${whose}
        order by i.lease_until, i.id limit 1 for update skip locked)
      update imports i set lease_token = $1, lease_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
      from next where i.account_id = next.account_id and i.id = next.id
      returning i.account_id as "accountId", i.id`,
    values: [token, ...(only ? [only.accountId, only.id] : [])],
  };
}

/** Imports on which nobody works at the moment. */
export function findImports({ accountId, most }: Wanted): Statement {
  return {
    text: `select i.account_id as "accountId", i.id from imports i
      where i.lease_until < clock_timestamp() and ${whoseRows(IMPORT, 'i', accountId, '$2')} order by i.lease_until, i.id limit $1`,
    values: [most, ...(accountId === null ? [] : [accountId])],
  };
}

/** Keeps an import for longer, and locks it. No row when another worker has it. */
export function keepImport(accountId: string, id: string, token: string): Statement {
  return {
    text: `update imports set lease_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
      where account_id = $1 and id = $2 and lease_token = $3 returning id`,
    values: [accountId, id, token],
  };
}

/** Gives an import to whoever comes next. */
export function releaseImport(accountId: string, id: string, token: string): Statement {
  return {
    text: `update imports set lease_token = null, lease_until = clock_timestamp()
      where account_id = $1 and id = $2 and lease_token = $3 and lease_until is not null`,
    values: [accountId, id, token],
  };
}

/** How many imports of an account are in progress. */
export function countInProgress(accountId: string): Statement {
  return {
    text: `select count(*)::int as count from imports where account_id = $1 and lease_until is not null`,
    values: [accountId],
  };
}

/** Keeps a part of a file. */
export function keepPart(accountId: string, importId: string, part: number, content: Buffer): Statement {
  return {
    text: `insert into import_files (account_id, import_id, part, content) values ($1, $2, $3, $4)`,
    values: [accountId, importId, part, content],
  };
}

export function readPart(accountId: string, importId: string, part: number): Statement {
  return {
    text: `select content from import_files where account_id = $1 and import_id = $2 and part = $3`,
    values: [accountId, importId, part],
  };
}

export function dropFile(accountId: string, importId: string): Statement {
  return { text: `delete from import_files where account_id = $1 and import_id = $2`, values: [accountId, importId] };
}

export function dropRows(accountId: string, importId: string): Statement {
  return { text: `delete from import_rows where account_id = $1 and import_id = $2`, values: [accountId, importId] };
}

/** Makes the rows of a preview wait again. Those that were skipped while reading stay skipped. */
export function waitAgain(accountId: string, importId: string): Statement {
  return {
    text: `with again as (update import_rows set outcome = 'waiting', contact_id = null, interaction_id = null, version = version + 1
        where account_id = $1 and import_id = $2 and record is not null returning 1)
      select count(*)::int as waiting from again`,
    values: [accountId, importId],
  };
}

/** Before the first row. */
export const FIRST_ROW = '00000000-0000-0000-0000-000000000000';

/** The next rows with an outcome, in the order of the file, after a row before which there are none. */
export function rowsWith(
  accountId: string,
  importId: string,
  { outcome, after }: { readonly outcome: Outcome; readonly after: string },
  limit: number,
): Statement {
  return {
    text: `select id, line, name, record, contact_id as "contactId", interaction_id as "interactionId", problems from import_rows
      where account_id = $1 and import_id = $2 and outcome = $3 and id > $4 order by id limit $5`,
    values: [accountId, importId, outcome, after, limit],
  };
}

/** What became of rows: `rows` is JSON. */
export function settleRows(accountId: string, rows: readonly SettledRow[]): Statement {
  return {
    text: `update import_rows r set outcome = x.outcome, contact_id = x."contactId", problems = x.problems, updated_at = now(),
        interaction_id = x."interactionId", version = r.version + 1,
        name = case when x.emptied is not true then r.name end, record = case when x.emptied is not true then r.record end
      from json_to_recordset($2::json) as x(id uuid, outcome text, "contactId" uuid, "interactionId" uuid, problems text[], emptied boolean)
      where r.account_id = $1 and r.id = x.id`,
    values: [accountId, JSON.stringify(rows)],
  };
}

export interface SettledRow {
  readonly id: string;
  readonly outcome: Outcome;
  readonly contactId: string | null;
  readonly interactionId?: string | null;
  readonly problems: readonly string[];
  /** Whether nothing that the row says is kept. */
  readonly emptied?: boolean;
}

/** The rows that have something to tell, in the order of the file. */
export function rowsWithProblems(accountId: string, importId: string, limit: number): Statement {
  return {
    text: `select line, problems from import_rows where account_id = $1 and import_id = $2 and problems <> '{}'
      order by id limit $3`,
    values: [accountId, importId, limit],
  };
}
