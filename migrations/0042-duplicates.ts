import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What contacts are told apart by, so that those who may be one person are found, and which of them are not. */
export class Duplicates1764000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [TABLE, NOT, KEYS, KEEP, FILL, ...AFTER]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** The primary key is the order in which keys that several contacts have are found; the other index finds what two contacts share. */
const TABLE = `
  create table contact_keys (
    account_id uuid not null,
    key text not null,
    contact_id uuid not null,
    primary key (account_id, key, contact_id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
  )`;

/** Two contacts of whom somebody said that they are two people, the smaller id first. */
const NOT = `
  create table contact_dismissals (
    account_id uuid not null,
    first_contact_id uuid not null,
    second_contact_id uuid not null,
    dismissed_at timestamptz not null,
    primary key (account_id, first_contact_id, second_contact_id),
    foreign key (account_id, first_contact_id) references contacts (account_id, id) on delete cascade,
    foreign key (account_id, second_contact_id) references contacts (account_id, id) on delete cascade,
    check (first_contact_id < second_contact_id)
  )`;

/** Addresses at these say nothing about where somebody works. */
const MAILERS = [
  ...[
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'hotmail.com',
    'live.com',
    'msn.com',
    'yahoo.com',
    'icloud.com',
    'me.com',
    'mac.com',
  ],
  ...[
    'aol.com',
    'proton.me',
    'protonmail.com',
    'pm.me',
    'gmx.de',
    'gmx.net',
    'gmx.com',
    'web.de',
    't-online.de',
    'mail.ru',
    'yandex.ru',
  ],
  ...[
    'qq.com',
    '163.com',
    '126.com',
    'fastmail.com',
    'hey.com',
    'posteo.de',
    'mailbox.org',
    'zoho.com',
    'orange.fr',
    'free.fr',
  ],
];

/**
 * The keys of a contact. The first character says what they are good for: 1 tells a person for certain, 2 suggests one, 3 only supports what suggests.
 * The second says what is compared: e-mail, telephone, profile; name (n), a name of one word (s), initial and last word (i), user name (u); company,
 * domain.
 */
const KEYS = `create function contact_keys(name text, emails text[], phones text[], links jsonb, company_key text)
  returns text[] language plpgsql immutable parallel safe as $$
  declare
    words text[] := string_to_array(search_plain(name), ' ');
    profiles text[] := array(select 'linkedin:' || s from unnest(profile_slugs(links)) s) || profile_handles(links);
    said text;
  begin
    said := case when cardinality(words) > 1 or words[1] ~ '^[\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]{2,}$' then '2n' else '2s' end;
    return array(select distinct left(k, 250) from unnest(
      array(select '1e' || lower(e) from unnest(emails) e)
      || array(select '1p' || ltrim(d, '0') from unnest(phones) p, regexp_replace(p, '\\D', '', 'g') d where length(ltrim(d, '0')) >= 7)
      || array(select '1l' || p from unnest(profiles) p)
      || case when words[1] <> '' then array[said || (select string_agg(w, ' ' order by w) from unnest(words) w)] end
      || case when cardinality(words) > 1 then array['2i' || left(words[1], 1) || ' ' || words[cardinality(words)]] end
      || array(select '2u' || lower(split_part(p, ':', 2)) from unnest(profiles) p where p !~ '^(linkedin|mastodon):')
      || array(select '2u' || lower(split_part(split_part(p, ':', 2), '@', 1)) from unnest(profiles) p where p like 'mastodon:%')
      || case when company_key <> '' then array['3c' || company_key] end
      || array(select '3d' || d from unnest(emails) e, lower(split_part(e, '@', 2)) d where d <> all(array[${MAILERS.map((one) => `'${one}'`).join(', ')}]))) k
      where length(k) > 2);
  end $$`;

/** Whatever writes a contact keeps its keys. One in the trash has none: it is nobody's double. */
const KEEP = `create function keep_contact_keys() returns trigger language plpgsql as $$
  declare
    keys text[] := '{}';
  begin
    if new.deleted_at is null then keys := contact_keys(new.name, new.emails, new.phones, new.links, new.company_key); end if;
    if tg_op = 'UPDATE' then
      delete from contact_keys k where k.account_id = new.account_id and k.contact_id = new.id and k.key <> all(keys);
    end if;
    insert into contact_keys (account_id, key, contact_id) select new.account_id, k, new.id from unnest(keys) k on conflict do nothing;
    return null;
  end $$`;

const FILL = `insert into contact_keys (account_id, key, contact_id)
  select c.account_id, k, c.id from contacts c, unnest(contact_keys(c.name, c.emails, c.phones, c.links, c.company_key)) k where c.deleted_at is null`;

const WRITTEN = ['name', 'emails', 'phones', 'links', 'company_key', 'deleted_at'];
const CHANGED = WRITTEN.map((column) => `old.${column} is distinct from new.${column}`).join(' or ');

const AFTER = [
  'create index contact_keys_of_contact on contact_keys (account_id, contact_id, key)',
  'create index contact_dismissals_of_second on contact_dismissals (account_id, second_contact_id)',
  'create trigger contacts_are_added after insert on contacts for each row execute function keep_contact_keys()',
  `create trigger contacts_are_changed after update on contacts for each row when (${CHANGED}) execute function keep_contact_keys()`,
];
