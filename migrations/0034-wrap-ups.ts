import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is who by any profile, and when somebody who was met is followed up. */
export class WrapUps1764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [HANDLES, INDEX, FOLLOW_UPS, AHEAD]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/**
 * The profiles of a contact, however they are written: \`github:ada\` for \`@Ada\`, \`github.com/Ada/\` and \`https://www.github.com/ada?tab=stars\`.
 * A website is no profile: colleagues share it. LinkedIn has its own function. It calls no other function of ours, because an index
 * is built without the search path that would find one.
 */
const HANDLES = `create function profile_handles(links jsonb) returns text[] language plpgsql immutable parallel safe as $$
  declare
    handles text[] := '{}';
    link jsonb;
    kind text;
    handle text;
    found text[];
  begin
    if jsonb_typeof(links) <> 'array' then return handles; end if;
    for link in select * from jsonb_array_elements(links) loop
      kind := link ->> 'kind';
      handle := regexp_replace(lower(normalize(btrim(link ->> 'value'), nfc)), '^(https?:)?//(www[.])?|^www[.]|[?#].*$', '', 'g');
      found := regexp_match(handle, '^(github[.]com|gitlab[.]com|codeberg[.]org|bsky[.]app/profile|x[.]com|twitter[.]com)/@?([^/]+)/?$');
      if found is not null then
        kind := case found[1] when 'github.com' then 'github' when 'gitlab.com' then 'gitlab' when 'codeberg.org' then 'codeberg'
          when 'bsky.app/profile' then 'bluesky' else 'x' end;
        handle := found[2];
      elsif kind = 'mastodon' then
        found := regexp_match(handle, '^([^/@]+)/@([^/@]+)/?$');
        handle := case when found is null then ltrim(handle, '@') else found[2] || '@' || found[1] end;
      elsif kind in ('github', 'gitlab', 'codeberg', 'bluesky', 'x', 'discord') then
        handle := ltrim(handle, '@');
      else
        continue;
      end if;
      continue when handle = '' or handle like '%/%' or length(handle) > 200;
      if not kind || ':' || handle = any(handles) then handles := handles || (kind || ':' || handle); end if;
    end loop;
    return handles;
  end $$`;

const INDEX = 'create index contacts_by_handle on contacts using gin (account_id, profile_handles(links))';

/** Null once it was answered. */
const FOLLOW_UPS = 'alter table encounter_contacts add column follow_up_at timestamptz';
const AHEAD = `create index encounter_contacts_to_follow_up on encounter_contacts (account_id, contact_id, follow_up_at)
  where follow_up_at is not null`;
