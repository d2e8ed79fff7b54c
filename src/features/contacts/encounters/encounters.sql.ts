import type { Statement } from '../../../platform/database/tx.js';

/** Brings the links of an encounter to these contacts and this day. */
export function linkPeople(
  accountId: string,
  encounterId: string,
  contactIds: readonly string[],
  occurredOn: string,
): Statement {
  return {
    text: `with gone as (delete from encounter_contacts where account_id = $1 and encounter_id = $2 and contact_id <> all($3::uuid[]))
      insert into encounter_contacts (account_id, encounter_id, contact_id, occurred_on)
      select $1, $2, contact_id, $4 from unnest($3::uuid[]) contact_id
      on conflict (account_id, encounter_id, contact_id) do update set occurred_on = excluded.occurred_on
        where encounter_contacts.occurred_on <> excluded.occurred_on`,
    values: [accountId, encounterId, contactIds, occurredOn],
  };
}
