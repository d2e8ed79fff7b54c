import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A ring is itself, and no longer "the one at that time": what was answered, put off or skipped may ring at the same time again. */
export class Rings1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      CONTACTS,
      RECRUITERS,
      REMINDERS,
      OCCURRENCES,
      SNOOZES,
      STRAY,
      HISTORY,
      PLANS,
      DOUBLES,
      ...KEYS,
      MISSING,
      ENDED,
    ])
      await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}

/** A ring that was dismissed moves the rhythm without a touch. */
const CONTACTS = `alter table contacts add column touch_waived_at timestamptz`;

/** Which parking a promise is of. */
const RECRUITERS = `alter table recruiters add column parking uuid`;

/** Which plan a reminder has, from when its times count, the time of day that its first day lacks, and what a habit derived it from. */
const REMINDERS = `
  alter table reminders
    add column plan_number integer not null default 1,
    add column plan_after timestamptz,
    add column wall_time text,
    add column basis text`;

/** Which ring comes back by this one, whose plan it is of, and whether it was told of as overdue. */
const OCCURRENCES = `
  alter table occurrences
    drop constraint occurrences_ring_once,
    add column puts_off uuid,
    add column plan_number integer not null default 1,
    add column overdue_told boolean not null default false`;

/** A ring at the very time until which another was put off is that one, come back. */
const SNOOZES = `
  update occurrences o set puts_off = s.id from occurrences s
  where s.account_id = o.account_id and s.reminder_id = o.reminder_id and s.state = 'snoozed'
    and s.snoozed_until = o.due_at and s.id <> o.id
    and s.id = (select max(x.id::text)::uuid from occurrences x where x.account_id = o.account_id
      and x.reminder_id = o.reminder_id and x.state = 'snoozed' and x.snoozed_until = o.due_at and x.id <> o.id)`;

/** Of the others nothing will come: their reminders were moved meanwhile. */
const STRAY = `
  update occurrences o set state = 'superseded' where o.state = 'snoozed' and not exists (select from occurrences n
    where n.account_id = o.account_id and n.puts_off = o.id)`;

/** What is over used up times of plans that nobody kept; of what is counted from answers the answers are kept. */
const HISTORY = `
  update occurrences o set plan_number = 0 from reminders r
  where r.account_id = o.account_id and r.id = o.reminder_id and r.anchor = 'schedule'
    and (o.state in ('done', 'dismissed', 'missed', 'superseded') or (o.state = 'snoozed' and not exists (
      select from occurrences n where n.account_id = o.account_id and n.puts_off = o.id and n.state in ('scheduled', 'open'))))`;

/** The ring ahead is the plan's next, and what repeats goes on after the one that is ahead or after now. */
const PLANS = `
  update reminders r set
    starts_at = case when r.rrule is null and r.every is null then coalesce(o.due_at, r.starts_at) else r.starts_at end,
    plan_after = case when r.rrule is null and r.every is null then null else o.due_at - interval '1 millisecond' end
  from (select account_id, reminder_id, min(due_at) as due_at from occurrences
    where state = 'scheduled' and puts_off is null group by 1, 2) o
  where o.account_id = r.account_id and o.reminder_id = r.id`;

/** Two of its own were ahead by mistake: the first stays. */
const DOUBLES = `
  delete from occurrences o using occurrences f
  where o.state = 'scheduled' and o.puts_off is null and f.state = 'scheduled' and f.puts_off is null
    and f.account_id = o.account_id and f.reminder_id = o.reminder_id and (f.due_at, f.id) < (o.due_at, o.id)`;

/** The scheduler's promise, held by the database: one ring of its own ahead, and each snoozed ring comes back once. */
const KEYS = [
  `create index occurrences_by_reminder on occurrences (account_id, reminder_id) with (fillfactor = 50)`,
  `create unique index occurrences_one_own_ahead on occurrences (account_id, reminder_id)
    where state = 'scheduled' and puts_off is null`,
  `create unique index occurrences_put_off_once on occurrences (account_id, puts_off) where puts_off is not null`,
];

/** Active, and silent for ever: what is due of it rings. */
const MISSING = `
  insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title,
    due_at, rings_at, wakes_at)
  select r.account_id, new_id(), now(), now(), r.id, r.kind, r.subject_type, r.subject_id, r.title, r.due_at, r.due_at,
    case r.state when 'active' then r.due_at end
  from reminders r where r.state in ('active', 'paused') and not exists (select from occurrences o
    where o.account_id = r.account_id and o.reminder_id = r.id and o.state in ('scheduled', 'open'))`;

/** What rang once starts when it is due now, so that its plan says so too. */
const ENDED = `
  update reminders r set starts_at = case when r.rrule is null and r.every is null then r.due_at else r.starts_at end,
    plan_after = case when r.rrule is null and r.every is null then null else r.due_at - interval '1 millisecond' end
  from occurrences o where o.account_id = r.account_id and o.reminder_id = r.id and o.created_at = now()`;
