import type { Statement } from '../../../../platform/database/tx.js';

/** A contact with the names of its profiles. */
export interface Addressee {
  readonly id: string;
  readonly slugs: readonly string[];
}

/** The contacts that have one of these profiles; locked in the order of their ids. Each profile is a search of an index by itself; long keys are cut, so they are compared again. */
export function addressees(accountId: string, slugs: readonly string[]): Statement {
  return {
    text: `select c.id, profile_slugs(c.links) as slugs from contacts c
      where c.account_id = $1 and profile_slugs(c.links) && $2 and c.id = any(array(
        select f.id from unnest($2::text[]) s, lateral (select k.contact_id as id from contact_keys k
          where k.account_id = $1 and k.key = left('1llinkedin:' || s, 250) offset 0) f))
      order by c.id for update`,
    values: [accountId, slugs],
  };
}

/** A message that was logged before; `interactionId` is null when its interaction was deleted. */
export interface LoggedMessage {
  readonly externalId: string;
  readonly interactionId: string | null;
}

/** Which of these messages were logged before. */
export function loggedAmong(accountId: string, source: string, externalIds: readonly string[]): Statement {
  return {
    text: `select x.external_id as "externalId", i.id as "interactionId" from external_ids x
      left join interactions i on i.account_id = $1 and i.id = x.resource_id
      where x.account_id = $1 and x.resource = 'interaction' and x.source = $2 and x.external_id = any($3)`,
    values: [accountId, source, externalIds],
  };
}

/** Names the interactions of messages. */
export function nameMessages(
  accountId: string,
  source: string,
  pairs: readonly { readonly externalId: string; readonly id: string }[],
): Statement {
  return {
    text: `insert into external_ids (account_id, resource, source, external_id, resource_id)
      select $1, 'interaction', $2, p.* from unnest($3::text[], $4::uuid[]) p on conflict do nothing`,
    values: [accountId, source, pairs.map(({ externalId }) => externalId), pairs.map(({ id }) => id)],
  };
}

/** Forgets the names of interactions, so that an import may log them again. */
export function forgetMessages(accountId: string, source: string, ids: readonly string[]): Statement {
  return {
    text: `delete from external_ids where account_id = $1 and resource = 'interaction' and source = $2 and resource_id = any($3::uuid[])`,
    values: [accountId, source, ids],
  };
}

/** Which of these interactions are as they were when they were logged. */
export function untouchedAmong(accountId: string, ids: readonly string[]): Statement {
  return {
    text: `select id from interactions where account_id = $1 and id = any($2::uuid[]) and version = 1 for update`,
    values: [accountId, ids],
  };
}
