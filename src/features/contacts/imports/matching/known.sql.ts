import type { Statement } from '../../../../platform/database/tx.js';
import type { ContactLink } from '../../contact-link.js';
import { slugsOf } from '../reading/links.js';
import type { ReadPerson } from '../reading/reader.js';

/** A contact that may be a person of a file. */
export interface KnownContact {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly pronouns: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly location: string | null;
  readonly timeZone: string | null;
  readonly birthday: string | null;
  readonly metOn: string | null;
  readonly notes: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly links: readonly ContactLink[];
  readonly tags: readonly string[];
  readonly custom: Readonly<Record<string, unknown>>;
  readonly slugs: readonly string[];
  readonly isDeleted: boolean;
  /** What this source calls the contact. */
  readonly externalIds: readonly string[];
  /** What the last import of this source said; null when there was none. */
  readonly said: Said | null;
}

/** The fields of a contact that hold one text. */
export const FIELDS = [
  ...(['name', 'givenName', 'familyName', 'pronouns', 'company', 'title', 'location', 'birthday'] as const),
  ...(['timeZone', 'metOn', 'notes'] as const),
] as const;

/** What a file said of a contact: what it had. Links are kept by their values. */
export type Said = Partial<Record<(typeof FIELDS)[number], string>> & {
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly links?: readonly string[];
  readonly tags?: readonly string[];
  readonly custom?: Readonly<Record<string, string>>;
};

/**
 * The contacts that share an external id, a profile, an address or a name with these people; locked. Each key is a search of an index by
 * itself (`offset 0` keeps it one): without statistics, as in a new account, PostgreSQL would read every contact for each batch.
 */
export function knownAmong(accountId: string, source: string, people: readonly ReadPerson[]): Statement {
  const given = (of: (person: ReadPerson) => readonly string[]): string[] => [...new Set(people.flatMap(of))];
  return {
    text: `select c.id, c.version, c.name, c.given_name as "givenName", c.family_name as "familyName", c.pronouns, c.company, c.title,
        c.location, c.time_zone as "timeZone", c.birthday, c.met_on::text as "metOn", c.notes, c.emails, c.phones, c.links, c.tags, c.custom, profile_slugs(c.links) as slugs, c.deleted_at is not null as "isDeleted",
        array(select x.external_id from external_ids x where x.account_id = $1 and x.resource = 'contact'
          and x.resource_id = c.id and x.source = $2) as "externalIds",
        (select s.said from imported_contacts s where s.account_id = $1 and s.source = $2 and s.contact_id = c.id) as said
      from contacts c where c.account_id = $1 and c.id = any(array(
        select f.id from unnest($3::text[]) g, lateral (select x.resource_id as id from external_ids x
          where x.account_id = $1 and x.resource = 'contact' and x.source = $2 and x.external_id = g offset 0) f
        union select f.id from unnest($4::text[]) g, lateral (select k.contact_id as id from contact_keys k
          where k.account_id = $1 and k.key = left(g, 250) offset 0) f
        union select f.id from unnest($5::text[]) g, lateral (select n.id from contacts n
          where n.account_id = $1 and n.name = g and n.deleted_at is null offset 0) f
        union select unnest($6::uuid[])))
      order by c.id for update`,
    values: [
      ...[accountId, source, given(({ externalId }) => [externalId]), given(keysOf), given(({ name }) => [name])],
      given(({ externalId }) => {
        const id = ownId(externalId);
        return id === null ? [] : [id];
      }),
    ],
  };
}

/** What `contact_keys` calls the e-mail addresses and profiles of a contact; those in the trash have no keys. */
function keysOf({ emails, links }: ReadPerson): string[] {
  return [...emails.map((email) => `1e${email.toLowerCase()}`), ...slugsOf(links).map((slug) => `1llinkedin:${slug}`)];
}

const OWN = /^urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The contact that an external id may name: a card that was exported here has `urn:uuid:` and the id of its contact (RFC 9562 §4). */
export function ownId(externalId: string): string | null {
  return OWN.exec(externalId)?.[1]?.toLowerCase() ?? null;
}

/** Which of these contacts already belong to another row of the same file, and to which line. */
export function takenBy(accountId: string, importId: string, contactIds: readonly string[]): Statement {
  return {
    text: `select contact_id as "contactId", min(line) as line from import_rows
      where account_id = $1 and import_id = $2 and contact_id = any($3::uuid[]) group by contact_id`,
    values: [accountId, importId, contactIds],
  };
}

/** Allows one batch per account at a time: two imports of the same file would both find no contacts. */
export function importLock(accountId: string): Statement {
  return { text: `select pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))`, values: [accountId] };
}

/** Remembers what the file said of these contacts. */
export function rememberSaid(
  accountId: string,
  source: string,
  told: readonly { id: string; said: Said }[],
): Statement {
  return {
    text: `insert into imported_contacts (account_id, source, contact_id, said)
      select $1, $2, x.id, x.said from json_to_recordset($3::json) as x(id uuid, said jsonb)
      on conflict (account_id, source, contact_id) do update set said = excluded.said
        where imported_contacts.said is distinct from excluded.said`,
    values: [accountId, source, JSON.stringify(told)],
  };
}

/** Forgets what a source called and said of these contacts, so that an import may add them again. */
export function forgetNames(accountId: string, source: string, ids: readonly string[]): Statement {
  return {
    text: `with said as (delete from imported_contacts where account_id = $1 and source = $2 and contact_id = any($3::uuid[]))
      delete from external_ids where account_id = $1 and resource = 'contact' and source = $2 and resource_id = any($3::uuid[])`,
    values: [accountId, source, ids],
  };
}

/** Which of these contacts are as they were when they were added. */
export function unchangedAmong(accountId: string, ids: readonly string[]): Statement {
  return {
    text: `select id from contacts where account_id = $1 and id = any($2::uuid[]) and version = 1 and deleted_at is null for update`,
    values: [accountId, ids],
  };
}
