import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What parked recruiters are expected to do: to come back by a day. */
export class CheckBacks1764000000058 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [CHECK_BACKS, ...INDEXES, PARKED, PARKINGS, BASES, ASKED]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

const CHECK_BACKS = `
  create table check_backs (
    account_id uuid not null references accounts (id),
    id uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version integer not null default 1,
    recruiter_id uuid not null,
    made_on date not null,
    due_on date not null,
    state text not null default 'open',
    returned_on date,
    returned_by text,
    settled_at timestamptz,
    evidence text,
    former jsonb,
    primary key (account_id, id),
    foreign key (account_id, recruiter_id) references recruiters (account_id, id) on delete cascade
  )`;

/** The account comes first in each, so that an account's search reads no other's entries. The database itself lets only one stand for a recruiter. */
const INDEXES = [
  `create unique index check_backs_one_stands on check_backs (account_id, recruiter_id) where state in ('open', 'early')`,
  'create index check_backs_of_recruiter on check_backs (account_id, recruiter_id, due_on, id)',
  'create index check_backs_by_recruiter on check_backs (account_id, recruiter_id, id)',
  'create index check_backs_by_day on check_backs (account_id, due_on, id)',
];

/**
 * Whoever is parked now. Since when is not known exactly: the reminder is as old as the first parking without a break. If the time to come back is over,
 * nobody noted whether they did.
 */
const PARKED = `
  insert into check_backs (account_id, id, created_at, updated_at, recruiter_id, made_on, due_on, state, settled_at, evidence)
  select r.account_id, coalesce(r.parking, new_id()), s.since, now(), r.id, least((s.since at time zone a.time_zone)::date, d.due_on), d.due_on,
    case when o.over then 'waived' else 'open' end, case when o.over then now() end,
    case when o.over then 'Their time to come back was over before returns were noted.' end
  from recruiters r join accounts a on a.id = r.account_id
    cross join lateral (select coalesce((select min(m.created_at) from reminders m where m.account_id = r.account_id and m.kind = 'check_back'
      and m.subject_id = r.id and m.state in ('active', 'paused')), r.updated_at) as since) s
    cross join lateral (select (r.parked_until at time zone a.time_zone)::date as due_on) d
    cross join lateral (select d.due_on + 60 < (now() at time zone a.time_zone)::date as over) o
  where r.status = 'parked' and r.parked_until is not null`;

/** A parking has the id of its check-back. */
const PARKINGS = `
  update recruiters r set parking = c.id from check_backs c
  where c.account_id = r.account_id and c.recruiter_id = r.id and r.parking is distinct from c.id`;

const BASES = `
  update reminders m set basis = 'parking ' || c.id from check_backs c
  where m.account_id = c.account_id and m.kind = 'check_back' and m.subject_id = c.recruiter_id and m.basis is distinct from 'parking ' || c.id`;

/** Only the program can plan what ends them. One that was asked for before does it too. */
const ASKED =
  'insert into checkups (id) select new_id() where exists (select from check_backs) and not exists (select from checkups)';
