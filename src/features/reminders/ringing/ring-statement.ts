import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import { recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import { Projection } from '../../../platform/projection/projection.js';
import type { SqlText } from '../../../platform/projection/sql-text.js';
import { Occurrence } from '../occurrence.entity.js';
import { occurrenceEvents } from '../reminder.events.js';

/** What the worker decided for one ring. */
export interface Ring {
  readonly account_id: string;
  readonly id: string;
  readonly reminder_id: string;
  readonly title: string;
  readonly late: boolean;
  readonly missed_count: number;
  /** JSON. */
  readonly snapshot: string | null;
  /** The id and times of the next ring, for a repeating reminder. */
  readonly next_id: string | null;
  readonly next_due_at: Date | null;
  readonly next_rings_at: Date | null;
  readonly next_wakes_at: Date | null;
  /** When the ring is overdue if nobody answers. */
  readonly overdue_at: Date | null;
  /** Whether it is a regular ring of a repeating reminder. The unanswered ring before it is then missed; a snoozed one is not. */
  readonly repeats: boolean;
}

/** The columns of the rings, one array for each: PostgreSQL reads them in half of the time of the same rows as JSON. */
const COLUMNS = {
  account_id: 'uuid',
  id: 'uuid',
  reminder_id: 'uuid',
  title: 'text',
  late: 'boolean',
  missed_count: 'int',
  snapshot: 'text',
  next_id: 'uuid',
  next_due_at: 'timestamptz',
  next_rings_at: 'timestamptz',
  next_wakes_at: 'timestamptz',
  overdue_at: 'timestamptz',
  repeats: 'boolean',
} satisfies Record<keyof Ring, string>;
const NAMES = Object.keys(COLUMNS) as (keyof Ring)[];

type Columns = Readonly<Record<keyof Ring, readonly unknown[]>>;

/** Rings a batch in one statement: occurrences opened, those before them missed, the next ones scheduled, reminders moved, events recorded and queued. */
@Injectable()
export class RingStatement {
  private readonly told: SystemStatement<Columns>;
  private readonly silent: SystemStatement<Columns>;

  constructor(projection: Projection) {
    const told = (sql: SqlText): string[] => recordSql(sql, projection, Occurrence, occurrenceEvents.due, 'opened');
    this.told = new SystemStatement((sql) => written(sql, 'open', told(sql)));
    this.silent = new SystemStatement((sql) => written(sql, 'done', [ended(sql)]));
  }

  of(rings: readonly Ring[], clock: Clock): Statement {
    return this.told.bind(columnsOf(rings), clock);
  }

  /** Rings that nobody is told of here, and that nobody has to answer. */
  ofSilent(rings: readonly Ring[], clock: Clock): Statement {
    return this.silent.bind(columnsOf(rings), clock);
  }
}

/** The ring that follows is made of the one that opened, so that a reminder never has two of its own ahead. */
function written(sql: SqlText, state: 'open' | 'done', record: readonly string[]) {
  const now = sql.now();
  // As values of subqueries their length is unknown to the planner, which else reads the whole table for so many rows.
  const arrays = NAMES.map((name) => `(select ${sql.value(name, `${COLUMNS[name]}[]`)})`);
  const parts = [
    `rings as (select * from unnest(${arrays.join(', ')}) r(${NAMES.join(', ')}))`,
    `opened as (update occurrences o set state = '${state}', fired_at = ${now}, updated_at = ${now}, version = o.version + 1,
          title = r.title, late = r.late, missed_count = r.missed_count, snapshot = r.snapshot::jsonb, wakes_at = ${state === 'open' ? 'r.overdue_at' : 'null'}
        from rings r where o.account_id = r.account_id and o.id = r.id and o.state = 'scheduled' returning o.*)`,
    `followed as (insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title,
          plan_number, due_at, rings_at, wakes_at)
        select m.account_id, r.next_id, ${now}, ${now}, m.id, m.kind, m.subject_type, m.subject_id, m.title, m.plan_number,
          r.next_due_at, r.next_rings_at, r.next_wakes_at
        from rings r join opened p on p.account_id = r.account_id and p.id = r.id
          join reminders m on m.account_id = r.account_id and m.id = r.reminder_id
        where r.next_due_at is not null
        returning account_id, reminder_id, due_at)`,
    `moved as (update reminders m set due_at = f.due_at from followed f where m.account_id = f.account_id and m.id = f.reminder_id)`,
    putOffSql(now),
    `missed as (update occurrences o set state = 'missed', wakes_at = null, updated_at = ${now}, version = o.version + 1
          from rings r where r.repeats and o.account_id = r.account_id and o.reminder_id = r.reminder_id and o.state = 'open'
            and o.puts_off is null)`,
    ...record,
  ];
  return { parts, answer: 'select count(*)::int as rung from opened' };
}

/** A reminder without a time of its own ahead is due when the first snoozed ring comes back. */
function putOffSql(now: string): string {
  const ahead = (ring: string): string =>
    `${ring}.account_id = m.account_id and ${ring}.reminder_id = m.id and ${ring}.state = 'scheduled' and (${ring}.wakes_at > ${now} or ${ring}.rings_at > ${now})`;
  return `waits as (update reminders m set due_at = l.due_at
        from (select o.account_id, o.reminder_id, min(o.due_at) as due_at from rings r
          join occurrences o on o.account_id = r.account_id and o.reminder_id = r.reminder_id and o.state = 'scheduled' and o.puts_off is not null
            and (o.wakes_at > ${now} or o.rings_at > ${now}) group by o.account_id, o.reminder_id) l
        where m.account_id = l.account_id and m.id = l.reminder_id
          and not exists (select from occurrences x where ${ahead('x')} and x.puts_off is null)
          and not exists (select from followed f where f.account_id = m.account_id and f.reminder_id = m.id))`;
}

/** What nobody has to answer is over when nothing follows, and nothing else is ahead. */
function ended(sql: SqlText): string {
  return `ended as (update reminders m set state = 'done', updated_at = ${sql.now()}, version = m.version + 1
        from rings r where r.next_id is null and m.account_id = r.account_id and m.id = r.reminder_id and m.state = 'active'
          and not exists (select from occurrences o where o.account_id = r.account_id and o.reminder_id = r.reminder_id
            and o.id <> r.id and o.state in ('scheduled', 'open')))`;
}

function columnsOf(rings: readonly Ring[]): Columns {
  return Object.fromEntries(NAMES.map((name) => [name, rings.map((ring) => ring[name])])) as unknown as Columns;
}
