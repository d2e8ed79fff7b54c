import type { MigrationInterface, QueryRunner } from 'typeorm';
import { companyKey } from '../src/kit/company-name.js';

/** Where contacts work and worked, where the account's owner did, and what companies are compared by. */
export class Employments1764000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [EMPLOYMENTS, PERIOD, KEYS]) await runner.query(statement);
    await giveKeys(runner);
    for (const statement of INDEXES) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const EMPLOYMENTS = `
  create table employments (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    contact_id uuid,
    mine boolean not null default false,
    company text not null,
    company_key text not null,
    title text,
    started_on date,
    started_on_precision text not null default 'day',
    ended_on date,
    ended_on_precision text not null default 'day',
    primary key (account_id, id),
    foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade,
    constraint employments_of_somebody check (mine = (contact_id is null))
  )`;

/** The days of an employment at most: the whole month or year where only that is known. Open where a day is missing. */
const PERIOD = `create function employed_days(started_on date, started_on_precision text, ended_on date, ended_on_precision text)
  returns daterange language sql immutable parallel safe as $$
  select daterange(date_trunc(started_on_precision, started_on::timestamp)::date,
    (date_trunc(ended_on_precision, ended_on::timestamp) + case ended_on_precision when 'year' then interval '1 year'
      when 'month' then interval '1 month' else interval '1 day' end)::date, '[)')
  $$`;

const KEYS = 'alter table contacts add column company_key text';

/** Most contacts share few companies, so each name is folded once. */
async function giveKeys(runner: QueryRunner): Promise<void> {
  const AT_ONCE = 5_000;
  for (let last = ''; ;) {
    const found = (await runner.query(
      `select distinct company collate "C" as company from contacts where company collate "C" > $1 order by 1 limit ${AT_ONCE}`,
      [last],
    )) as { company: string }[];
    if (found.length === 0) return;
    const names = found.map(({ company }) => company);
    await runner.query(
      `update contacts c set company_key = k.key from unnest($1::text[], $2::text[]) k(company, key) where c.company = k.company`,
      [names, names.map(companyKey)],
    );
    last = names.at(-1) ?? '';
  }
}

/** The account comes first in each, so that an account's search reads no other's entries. */
const INDEXES = [
  `create index contacts_by_company_key on contacts (account_id, company_key, id) where company_key is not null`,
  `create index employments_by_contact on employments (account_id, contact_id, id)`,
  `create index employments_by_company on employments (account_id, company_key, id)`,
  `create index employments_of_mine on employments (account_id, company_key) where contact_id is null`,
  `create index employments_by_start on employments (account_id, started_on, id)`,
  `create index employments_by_start_desc on employments (account_id, started_on desc nulls last, id desc)`,
  `create index employments_of_contact_by_start on employments (account_id, contact_id, started_on desc nulls last, id desc)`,
  `create index employments_search on employments using gin (account_id, search_lexemes(search_words(company) || ' ' || search_words(title)))`,
  `create index employments_likeness on employments using gin (account_id, search_plain(search_words(company)) gin_trgm_ops)`,
];
