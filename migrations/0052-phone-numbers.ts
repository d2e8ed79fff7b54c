import type { MigrationInterface, QueryRunner } from 'typeorm';
import { typedNumber } from '../src/kit/phone-number.js';

/** Telephone numbers in one form beside what was typed, and contacts that are told apart by it. */
export class PhoneNumbers1764000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [REGION, READINGS, COLUMNS, ...TRIGGERS_OFF]) await runner.query(statement);
    await giveNumbers(runner);
    for (const statement of [KEYS, KEEP, ADD, ...FILL, INDEX, ...TRIGGERS_ON]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const REGION = 'alter table accounts add column phone_region text';
/** Accounts that named another country, and the last contact whose numbers were read again by it; the later ones follow. */
const READINGS = `
  create table phone_readings (
    account_id uuid primary key references accounts (id),
    region text,
    place uuid not null
  )`;

const COLUMNS = `alter table contacts add column phone_numbers text[] not null default '{}', add column phone_keys text[] not null default '{}'`;

/** No account has said yet what its national numbers mean, so those stay as they are. SQL could not read the others either: the program does. */
async function giveNumbers(runner: QueryRunner): Promise<void> {
  const AT_ONCE = 1_000;
  for (let last: Typed = { account_id: NONE, id: NONE, phones: [] }; ;) {
    const found = (await runner.query(
      `select account_id, id, phones from contacts where phones <> '{}' and (account_id, id) > ($1, $2) order by account_id, id limit ${AT_ONCE}`,
      [last.account_id, last.id],
    )) as Typed[];
    last = found.at(-1) ?? last;
    if (found.length === 0) return;
    await runner.query(
      `update contacts c set phone_numbers = r.numbers, phone_keys = r.keys
        from json_to_recordset($1::json) r(account_id uuid, id uuid, numbers text[], keys text[]) where c.account_id = r.account_id and c.id = r.id`,
      [JSON.stringify(found.map(read))],
    );
  }
}

interface Typed {
  readonly account_id: string;
  readonly id: string;
  readonly phones: readonly string[];
}

const NONE = '00000000-0000-0000-0000-000000000000';

function read({ account_id, id, phones }: Typed): object {
  const typed = phones.map((phone) => typedNumber(phone, null));
  const numbers = new Set(typed.flatMap(({ number }) => number ?? []));
  const keys = new Set(typed.flatMap(({ key }) => key || []));
  return { account_id, id, numbers: [...numbers], keys: [...keys] };
}

const TRIGGERS_OFF = [
  'drop trigger contacts_are_added on contacts',
  'drop trigger contacts_are_changed on contacts',
  'drop function contact_keys(text, text[], text[], jsonb, text)',
];

const MAILERS = [
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'icloud.com'],
  ...['me.com', 'mac.com', 'aol.com', 'proton.me', 'protonmail.com', 'pm.me', 'gmx.de', 'gmx.net', 'gmx.com', 'web.de'],
  ...['t-online.de', 'mail.ru', 'yandex.ru', 'qq.com', '163.com', '126.com', 'fastmail.com', 'hey.com', 'posteo.de'],
  ...['mailbox.org', 'zoho.com', 'orange.fr', 'free.fr'],
];

/** Digits of a number whose country is not known; with fewer it may be an extension or a short code. */
const FEWEST_DIGITS = 7;

/** As it was, but for telephones, which the program reads: `+` begins those whose country is known. */
const KEYS = `create function contact_keys(name text, emails text[], phone_keys text[], links jsonb, company_key text)
  returns text[] language plpgsql immutable parallel safe as $$
  declare
    words text[] := string_to_array(search_plain(name), ' ');
    profiles text[] := array(select 'linkedin:' || s from unnest(profile_slugs(links)) s) || profile_handles(links);
    said text;
  begin
    said := case when cardinality(words) > 1 or words[1] ~ '^[\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]{2,}$' then '2n' else '2s' end;
    return array(select distinct left(k, 250) from unnest(
      array(select '1e' || lower(e) from unnest(emails) e)
      || array(select '1p' || p from unnest(phone_keys) p where p like '+%' or length(p) >= ${FEWEST_DIGITS})
      || array(select '1l' || p from unnest(profiles) p)
      || case when words[1] <> '' then array[said || (select string_agg(w, ' ' order by w) from unnest(words) w)] end
      || case when cardinality(words) > 1 then array['2i' || left(words[1], 1) || ' ' || words[cardinality(words)]] end
      || array(select '2u' || lower(split_part(p, ':', 2)) from unnest(profiles) p where p !~ '^(linkedin|mastodon):')
      || array(select '2u' || lower(split_part(split_part(p, ':', 2), '@', 1)) from unnest(profiles) p where p like 'mastodon:%')
      || case when company_key <> '' then array['3c' || company_key] end
      || array(select '3d' || d from unnest(emails) e, lower(split_part(e, '@', 2)) d where d <> all(array[${MAILERS.map((one) => `'${one}'`).join(', ')}]))) k
      where length(k) > 2);
  end $$`;

const KEEP = `create or replace function keep_contact_keys() returns trigger language plpgsql as $$
  declare
    keys text[] := '{}';
  begin
    if new.deleted_at is null then keys := contact_keys(new.name, new.emails, new.phone_keys, new.links, new.company_key); end if;
    if tg_op = 'UPDATE' then
      delete from contact_keys k where k.account_id = new.account_id and k.contact_id = new.id and k.key <> all(keys);
    end if;
    insert into contact_keys (account_id, key, contact_id) select new.account_id, k, new.id from unnest(keys) k on conflict do nothing;
    return null;
  end $$`;

const ADD = `create or replace function add_contact_keys() returns trigger language plpgsql as $$
  begin
    insert into contact_keys (account_id, key, contact_id)
      select n.account_id, k, n.id from added n, unnest(contact_keys(n.name, n.emails, n.phone_keys, n.links, n.company_key)) k
      where n.deleted_at is null on conflict do nothing;
    return null;
  end $$`;

const FILL = [
  `delete from contact_keys where key like '1p%'`,
  `insert into contact_keys (account_id, key, contact_id)
    select c.account_id, k, c.id from contacts c, unnest(contact_keys(c.name, c.emails, c.phone_keys, c.links, c.company_key)) k
    where c.deleted_at is null and c.phone_keys <> '{}' and k like '1p%' on conflict do nothing`,
];

const INDEX = 'create index contacts_by_phone_number on contacts using gin (account_id, phone_numbers)';

const CHANGED = ['name', 'emails', 'phone_keys', 'links', 'company_key', 'deleted_at']
  .map((column) => `old.${column} is distinct from new.${column}`)
  .join(' or ');

const TRIGGERS_ON = [
  `create trigger contacts_are_added after insert on contacts referencing new table as added
    for each statement execute function add_contact_keys()`,
  `create trigger contacts_are_changed after update on contacts for each row when (${CHANGED}) execute function keep_contact_keys()`,
];
