import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports as rows: their file, what became of each of its rows, and what the last file said of each contact. */
export class Imports1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...IDENTITIES, IMPORTS, FILES, ROWS, SAID, ...INDEXES, ...NAMES])
      await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/**
 * The same spelling as `profileSlug` in the program; both are tested with the same addresses. One function, because an
 * index is built without the search path that would find another.
 */
const IDENTITIES = [
  `create function profile_slugs(links jsonb) returns text[] language plpgsql immutable parallel safe as $$
    declare
      slugs text[] := '{}';
      url text;
      found text[];
      parts text[];
      part text;
      at integer;
      slug text;
    begin
      if jsonb_typeof(links) <> 'array' then return slugs; end if;
      for url in select l ->> 'value' from jsonb_array_elements(links) l loop
        found := regexp_match(btrim(url, E' \\t\\r\\n'),
          '^(?:https?:)?(?://)?(?:[[:alnum:]_-]+[.])*linkedin[.]com/(?:m(?:obile|wlite)?/)?(in|pub)/([^?#]+)', 'i');
        continue when found is null;
        parts := string_to_array(found[2], '/');
        for at in 1 .. array_length(parts, 1) loop
          part := parts[at];
          begin
            if position('%' in part) > 0 then
              part := convert_from((select string_agg(case when m[1] ~ '^%[0-9A-Fa-f]{2}$' then decode(substr(m[1], 2), 'hex')
                else convert_to(m[1], 'UTF8') end, ''::bytea order by n)
                from regexp_matches(part, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') with ordinality t(m, n)), 'UTF8');
            end if;
          exception when others then part := parts[at];
          end;
          parts[at] := lower(normalize(part, nfc));
        end loop;
        slug := btrim(parts[1]);
        continue when slug = '' or length(slug) > 200;
        if lower(found[1]) = 'pub' and coalesce(parts[2], '') <> '' and coalesce(parts[3], '') <> '' and coalesce(parts[4], '') <> '' then
          slug := slug || '-' || repeat('0', greatest(0, 3 - length(parts[4]))) || parts[4]
            || repeat('0', greatest(0, 3 - length(parts[3]))) || parts[3] || parts[2];
        end if;
        if not slug = any(slugs) then slugs := slugs || slug; end if;
      end loop;
      return slugs;
    end $$`,
  `create function folded_addresses(addresses text[]) returns text[] language sql immutable parallel safe
    as $$ select array(select lower(a) from unnest(addresses) a) $$`,
];

const IMPORTS = `
  create table imports (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    source text not null,
    state text not null,
    preview boolean not null,
    total integer not null default 0,
    done integer not null default 0,
    created integer not null default 0,
    updated integer not null default 0,
    unchanged integer not null default 0,
    skipped integer not null default 0,
    reverted integer not null default 0,
    notes text[] not null default '{}',
    failure text,
    finished_at timestamptz,
    plan jsonb not null default '{}',
    lease_token uuid,
    lease_until timestamptz,
    primary key (account_id, id)
  )`;

/** In parts, so that a worker reads no more of it than it works on. Gone once it is read. */
const FILES = `
  create table import_files (
    account_id uuid not null,
    import_id uuid not null,
    part integer not null,
    content bytea not null,
    primary key (account_id, import_id, part),
    foreign key (account_id, import_id) references imports (account_id, id) on delete cascade
  )`;

const ROWS = `
  create table import_rows (
    account_id uuid not null,
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    import_id uuid not null,
    line integer not null,
    outcome text not null,
    name text,
    problems text[] not null default '{}',
    contact_id uuid,
    record jsonb,
    primary key (account_id, id),
    foreign key (account_id, import_id) references imports (account_id, id) on delete cascade
  )`;

/** A field of a contact follows a file only where the file says something else than the last time. */
const SAID = `
  create table imported_contacts (
    account_id uuid not null,
    source text not null,
    contact_id uuid not null,
    said jsonb not null,
    primary key (account_id, source, contact_id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

const INDEXES = [
  'create index imports_in_progress on imports (lease_until, id) where lease_until is not null',
  'create index import_rows_of_import on import_rows (account_id, import_id, id)',
  'create index import_rows_of_contact on import_rows (account_id, import_id, contact_id) where contact_id is not null',
  'create index contacts_by_profile on contacts using gin (account_id, profile_slugs(links))',
  'create index contacts_by_address on contacts using gin (account_id, folded_addresses(emails))',
];

/** Profiles were compared with the case and the host of their address. Where several spellings were kept, the first stays. */
const NAMES = [
  `create temporary table slugs on commit drop as
    select account_id, external_id, (profile_slugs(jsonb_build_array(jsonb_build_object('value', external_id))))[1] as slug
    from external_ids where resource = 'contact' and source = 'linkedin'`,
  `delete from external_ids x using slugs s, slugs first
    where x.resource = 'contact' and x.source = 'linkedin' and s.account_id = x.account_id and s.external_id = x.external_id
      and first.account_id = s.account_id and first.slug = s.slug and first.external_id < s.external_id`,
  `update external_ids x set external_id = 'https://www.linkedin.com/in/' || s.slug from slugs s
    where x.resource = 'contact' and x.source = 'linkedin' and s.account_id = x.account_id and s.external_id = x.external_id
      and s.slug is not null`,
];
