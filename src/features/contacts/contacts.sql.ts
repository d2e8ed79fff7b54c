import type { Statement } from '../../platform/database/tx.js';

/** The last touch that counts, of one contact; what lies ahead does not yet. */
export function lastTouch(accountId: string, contactId: string, now: Date): Statement {
  return {
    text: `select max(l.occurred_at) as "lastTouchAt" from interaction_contacts l
      where l.account_id = $1 and l.contact_id = $2 and l.counts_as_touch and l.occurred_at <= $3`,
    values: [accountId, contactId, now],
  };
}

/** How many contacts were met at an encounter, counted up to a bound. Those in the trash may come back. */
export function countMet(accountId: string, encounterId: string, most: number): Statement {
  return {
    text: `select count(*)::int as count from (
        select from contacts where account_id = $1 and encounter_id = $2 limit $3) met`,
    values: [accountId, encounterId, most],
  };
}

/** Links an interaction to its contacts. Written before the interaction itself, so that its event contains them. */
export function linkContacts(
  accountId: string,
  interactionId: string,
  contactIds: readonly string[],
  occurredAt: Date,
  counts: boolean,
): Statement {
  return {
    text: `insert into interaction_contacts (account_id, interaction_id, contact_id, occurred_at, counts_as_touch)
      select $1, $2, contact_id, $4, $5 from unnest($3::uuid[]) contact_id`,
    values: [accountId, interactionId, contactIds, occurredAt, counts],
  };
}

/** The same for many interactions. */
export function linkAll(
  accountId: string,
  logged: readonly {
    readonly id: string;
    readonly contactIds: readonly string[];
    readonly occurredAt: Date;
    readonly countsAsTouch: boolean;
  }[],
): Statement {
  const links = logged.flatMap(({ id, contactIds, occurredAt, countsAsTouch }) =>
    contactIds.map((contactId) => ({ id, contactId, occurredAt, countsAsTouch })),
  );
  return {
    text: `insert into interaction_contacts (account_id, interaction_id, contact_id, occurred_at, counts_as_touch)
      select $1, l.id, l."contactId", l."occurredAt", l."countsAsTouch"
      from json_to_recordset($2::json) as l(id uuid, "contactId" uuid, "occurredAt" timestamptz, "countsAsTouch" boolean)`,
    values: [accountId, JSON.stringify(links)],
  };
}

export function unlinkContacts(accountId: string, interactionId: string): Statement {
  return {
    text: `delete from interaction_contacts where account_id = $1 and interaction_id = $2`,
    values: [accountId, interactionId],
  };
}

export function linkedContacts(accountId: string, interactionId: string): Statement {
  return {
    text: `select contact_id as "contactId" from interaction_contacts where account_id = $1 and interaction_id = $2 order by contact_id`,
    values: [accountId, interactionId],
  };
}

/** Stores the external ids of these contacts. One of a contact that is gone for good is used again. */
export function nameUnder(
  accountId: string,
  source: string,
  pairs: readonly { externalId: string; contactId: string }[],
): Statement {
  return {
    text: `insert into external_ids (account_id, resource, source, external_id, resource_id)
      select $1, 'contact', $2, p.* from unnest($3::text[], $4::uuid[]) p
      on conflict (account_id, resource, source, external_id) do update set resource_id = excluded.resource_id
        where external_ids.resource_id <> excluded.resource_id`,
    values: [accountId, source, pairs.map(({ externalId }) => externalId), pairs.map(({ contactId }) => contactId)],
  };
}
