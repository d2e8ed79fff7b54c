import { declareReference } from '../contract/references.js';
import type { Statement } from '../database/tx.js';

/** What another system calls a resource. */
export interface ExternalName {
  readonly source: string;
  readonly externalId: string;
}

/** One writer of a name at a time: two that find nothing would both create. */
export function lockName(accountId: string, resource: string, { source, externalId }: ExternalName): Statement {
  return {
    text: `select pg_advisory_xact_lock(hashtextextended(concat_ws(chr(31), 'name', $1::text, $2::text, $3::text, $4::text), 0))`,
    values: [accountId, resource, source, externalId],
  };
}

/** The resource with an external id; `alive` is false if it is in the trash. */
export function resourceNamed(
  accountId: string,
  { noun, table, softDeleted }: { noun: string; table: string; softDeleted: boolean },
  { source, externalId }: ExternalName,
): Statement {
  const alive = softDeleted ? 't.deleted_at is null' : 'true';
  return {
    text: `select t.id, ${alive} as alive from external_ids x
      join ${table} t on t.account_id = $1 and t.id = x.resource_id
      where x.account_id = $1 and x.resource = $2 and x.source = $3 and x.external_id = $4`,
    values: [accountId, noun, source, externalId],
  };
}

/** Names a resource; a name whose resource is gone for good is free. */
export function giveName(
  accountId: string,
  resource: string,
  { source, externalId }: ExternalName,
  id: string,
): Statement {
  return {
    text: `insert into external_ids (account_id, resource, source, external_id, resource_id) values ($1, $2, $3, $4, $5)
      on conflict (account_id, resource, source, external_id) do update set resource_id = excluded.resource_id`,
    values: [accountId, resource, source, externalId, id],
  };
}

declareReference({
  table: 'external_ids',
  column: 'resource_id',
  to: { nounIn: 'resource' },
  key: ['source', 'external_id'],
  moves: 'always',
});
