import type { Statement } from '../../platform/database/tx.js';

/** Parts have so many bytes, but for the last one. */
export const PART = 1_048_576;
/** So long a worker may take for a turn. */
const LEASE = `interval '1 minute'`;

export function keepPart(accountId: string, transferId: string, part: number, content: Buffer): Statement {
  return {
    text: `insert into transfer_parts (account_id, transfer_id, part, content) select $1::uuid, $2, $3, $4`,
    values: [accountId, transferId, part, content],
  };
}

/** Two parts, from this one on. */
export function readParts(accountId: string, transferId: string, part: number): Statement {
  return {
    text: `select content from transfer_parts where account_id = $1 and transfer_id = $2 and part in ($3::int, $3::int + 1) order by part`,
    values: [accountId, transferId, part],
  };
}

export function dropParts(accountId: string, transferId: string): Statement {
  return {
    text: `delete from transfer_parts where account_id = $1 and transfer_id = $2`,
    values: [accountId, transferId],
  };
}

export interface ClaimedTransfer {
  readonly accountId: string;
  readonly id: string;
}

/** Takes the file that has waited longest, and on which nobody works. */
export function claimTransfer(token: string, now: Date | null): Statement {
  return {
    text: `with next as (select f.account_id, f.id from transfers f where f.lease_until < coalesce($2::timestamptz, now())
        order by f.lease_until, f.updated_at limit 1 for update skip locked)
      update transfers t set lease_token = $1, lease_until = coalesce($2::timestamptz, now()) + ${LEASE} from next
      where t.account_id = next.account_id and t.id = next.id returning t.account_id as "accountId", t.id`,
    values: [token, now],
  };
}

/** Gives the work on a file back. */
export function releaseTransfer(accountId: string, id: string, token: string): Statement {
  return {
    text: `update transfers set lease_token = null, lease_until = case when state in ('applied', 'failed') then null else to_timestamp(0) end
      where account_id = $1 and id = $2 and lease_token = $3`,
    values: [accountId, id, token],
  };
}
