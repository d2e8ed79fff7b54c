import type { Statement } from '../../../../platform/database/tx.js';
import type { WrapUpPerson } from './wrap-up.shapes.js';

/** What tells one person of a list from another, and the contact that has any of it. */
export interface Identity {
  readonly keys: readonly string[];
  /** The contact with the same profile, else with the same e-mail address; null for somebody new. */
  readonly contactId: string | null;
}

/**
 * An identity for each person, in their order. Contacts in the trash are nobody, and have no keys. Each key is a search of an index by itself (`offset 0` keeps
 * it one). Long keys are cut, so whoever is found is compared again.
 */
export function identitiesOf(accountId: string, people: readonly WrapUpPerson[]): Statement {
  const given = people.map(({ emails = [], links = [] }, n) => ({ n, emails, links }));
  return {
    text: `with given as materialized (
        select n, folded_addresses(emails) as addresses, profile_slugs(links) as slugs, profile_handles(links) as handles
        from json_to_recordset($2) as g(n int, emails text[], links jsonb)),
      known as materialized (
        select c.id, folded_addresses(c.emails) as addresses, profile_slugs(c.links) as slugs, profile_handles(c.links) as handles
        from contacts c where c.account_id = $1 and c.id = any(array(
          select f.id from (
              select distinct left(k, 250) as key from given g, unnest(array(select '1e' || a from unnest(g.addresses) a)
                || array(select '1llinkedin:' || s from unnest(g.slugs) s) || array(select '1l' || h from unnest(g.handles) h)) k) x,
            lateral (select k.contact_id as id from contact_keys k where k.account_id = $1 and k.key = x.key offset 0) f)))
      select addresses || array(select 'linkedin:' || s from unnest(slugs) s) || handles as keys, (
          select k.id from known k where k.slugs && g.slugs or k.handles && g.handles or k.addresses && g.addresses
          order by k.slugs && g.slugs or k.handles && g.handles desc, k.id limit 1) as "contactId"
      from given g order by n`,
    values: [accountId, JSON.stringify(given)],
  };
}

/** Remembers when contacts who were met are followed up, or thanked. */
export function rememberFollowUps(
  accountId: string,
  encounterId: string,
  followUps: readonly { readonly contactId: string; readonly at: Date }[],
  thanks = false,
): Statement {
  return {
    text: `update encounter_contacts l set follow_up_at = x.at, follow_up_thanks = $5
      from unnest($3::uuid[], $4::timestamptz[]) x(contact_id, at)
      where l.account_id = $1 and l.encounter_id = $2 and l.contact_id = x.contact_id`,
    values: [
      accountId,
      encounterId,
      followUps.map(({ contactId }) => contactId),
      followUps.map(({ at }) => at),
      thanks,
    ],
  };
}

/** A follow-up that was not answered. */
export interface OpenFollowUp {
  readonly encounterId: string;
  readonly at: Date;
  /** The pull request that the contact is thanked for: `fastify/fastify#4711`; null when it is no thanks. */
  readonly merged: string | null;
}

/** The last follow-up of a contact that was not answered. */
export function openFollowUp(accountId: string, contactId: string): Statement {
  return {
    text: `select l.encounter_id as "encounterId", l.follow_up_at as at,
        case when l.follow_up_thanks then coalesce(e.project || '#' || e.number, 'a pull request') end as merged
      from encounter_contacts l join encounters e on e.account_id = $1 and e.id = l.encounter_id
      where l.account_id = $1 and l.contact_id = $2 and l.follow_up_at is not null order by l.follow_up_at desc limit 1`,
    values: [accountId, contactId],
  };
}

export function forgetFollowUps(accountId: string, contactId: string): Statement {
  return {
    text: `update encounter_contacts set follow_up_at = null where account_id = $1 and contact_id = $2 and follow_up_at is not null`,
    values: [accountId, contactId],
  };
}

/** Gives the follow-ups of one contact to another one who was there too, where that one has none. */
export function handFollowUps(accountId: string, fromId: string, toId: string): Statement {
  return {
    text: `update encounter_contacts o set follow_up_at = l.follow_up_at, follow_up_thanks = l.follow_up_thanks from encounter_contacts l
      where l.account_id = $1 and l.contact_id = $2 and l.follow_up_at is not null
        and o.account_id = $1 and o.encounter_id = l.encounter_id and o.contact_id = $3 and o.follow_up_at is null`,
    values: [accountId, fromId, toId],
  };
}
