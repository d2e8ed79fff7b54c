import type { Statement } from '../../../../platform/database/tx.js';
import type { ReadPerson } from '../reading/reader.js';

/** A contact that may be a person of a file. */
export interface KnownContact {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly metOn: string | null;
  readonly emails: readonly string[];
  readonly links: readonly { readonly kind: string; readonly value: string }[];
  readonly slugs: readonly string[];
  readonly isDeleted: boolean;
  /** What this source calls the contact. */
  readonly externalIds: readonly string[];
  /** What the last import of this source said; null when there was none. */
  readonly said: Said | null;
}

/** What a file said of a contact: the fields it had. */
export type Said = Partial<
  Record<'name' | 'givenName' | 'familyName' | 'company' | 'title' | 'metOn' | 'email' | 'slug', string>
>;

/** The contacts that share an external id, a profile, an address or a name with these people; locked. */
export function knownAmong(accountId: string, source: string, people: readonly ReadPerson[]): Statement {
  const given = (values: readonly (string | null)[]): string[] => [...new Set(values.flatMap((value) => value ?? []))];
  return {
    text: `select c.id, c.version, c.name, c.given_name as "givenName", c.family_name as "familyName", c.company, c.title,
        c.met_on::text as "metOn", c.emails, c.links, profile_slugs(c.links) as slugs, c.deleted_at is not null as "isDeleted",
        array(select x.external_id from external_ids x where x.account_id = $1 and x.resource = 'contact'
          and x.resource_id = c.id and x.source = $2) as "externalIds",
        (select s.said from imported_contacts s where s.account_id = $1 and s.source = $2 and s.contact_id = c.id) as said
      from contacts c where c.account_id = $1 and c.id = any(array(
        select x.resource_id from external_ids x
          where x.account_id = $1 and x.resource = 'contact' and x.source = $2 and x.external_id = any($3)
        union select p.id from contacts p where p.account_id = $1 and profile_slugs(p.links) && $4 and p.deleted_at is null
        union select e.id from contacts e where e.account_id = $1 and folded_addresses(e.emails) && $5 and e.deleted_at is null
        union select n.id from contacts n where n.account_id = $1 and n.name = any($6) and n.deleted_at is null))
      order by c.id for update`,
    values: [
      ...[accountId, source, given(people.map(({ externalId }) => externalId)), given(people.map(({ slug }) => slug))],
      ...[given(people.map(({ email }) => email?.toLowerCase() ?? null)), given(people.map(({ name }) => name))],
    ],
  };
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
