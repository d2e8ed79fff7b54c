import type { Statement } from '../../platform/database/tx.js';

/** The last touch that counts, of one contact; what lies ahead does not yet. */
export function lastTouch(accountId: string, contactId: string, now: Date): Statement {
  return {
    text: `select max(l.occurred_at) as "lastTouchAt" from interaction_contacts l
      where l.account_id = $1 and l.contact_id = $2 and l.counts_as_touch and l.occurred_at <= $3`,
    values: [accountId, contactId, now],
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

/** The contacts with these external ids, including deleted ones: an import does not restore deleted contacts. */
export function knownUnder(accountId: string, source: string, externalIds: readonly string[]): Statement {
  return {
    text: `select x.external_id as "externalId", c.id, c.company, c.title, c.deleted_at as "deletedAt"
      from external_ids x join contacts c on c.account_id = x.account_id and c.id = x.resource_id
      where x.account_id = $1 and x.resource = 'contact' and x.source = $2 and x.external_id = any($3::text[])`,
    values: [accountId, source, externalIds],
  };
}

/** Stores the external ids of these contacts. */
export function nameUnder(
  accountId: string,
  source: string,
  pairs: readonly { externalId: string; contactId: string }[],
): Statement {
  return {
    text: `insert into external_ids (account_id, resource, source, external_id, resource_id)
      select $1, 'contact', $2, p.* from unnest($3::text[], $4::uuid[]) p`,
    values: [accountId, source, pairs.map(({ externalId }) => externalId), pairs.map(({ contactId }) => contactId)],
  };
}

/** Allows one import per account at a time: two imports of the same file would both find no contacts. */
export function importLock(accountId: string): Statement {
  return { text: `select pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))`, values: [accountId] };
}
