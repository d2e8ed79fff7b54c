import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import { recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import { Projection } from '../../../platform/projection/projection.js';
import { declareKind, unseenKinds } from '../kinds.service.js';
import { PRIORITIES } from '../reminder.entity.js';
import { Digest, MOST_TOLD } from './digest.entity.js';
import type { DigestItem } from './digest.entity.js';
import { digestEvents } from './digest.events.js';

/** The kind of the reminder that creates digests; each account has at most one. */
export const DIGEST = declareKind({ name: 'digest', subject: null, about: 'account' });

/** A digest to create. */
export interface WantedDigest {
  readonly account_id: string;
  readonly id: string;
  readonly period: Digest['period'];
  readonly covers_until: Date;
  /** For repeating reminders, the rings after the scheduled one: their number, and the first ones. */
  readonly more_count: number;
  readonly more: readonly DigestItem[];
}

const RECORD = 'r(account_id uuid, id uuid, period text, covers_until timestamptz, more_count int, more jsonb)';
const INSTANT = `to_char(o.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const ITEM = `jsonb_build_object('occurrenceId', o.id, 'reminderId', o.reminder_id, 'kind', o.kind, 'title', o.title,
  'dueAt', ${INSTANT}, 'priority', m.priority)`;
/** Order of priorities, highest first. */
const RANK = `array_position(array[${[...PRIORITIES]
  .reverse()
  .map((word) => `'${word}'`)
  .join(', ')}], m.priority)`;

/**
 * Creates the digests of many accounts and their events in one statement. It creates no empty digest, and deletes those
 * older than a year.
 */
@Injectable()
export class DigestStatement {
  private readonly statement: SystemStatement<{ readonly digests: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const now = sql.now();
      const parts = [
        `wanted as (select * from json_to_recordset(${sql.value('digests', 'json')}) as ${RECORD})`,
        `gone as (delete from digests d using wanted w where d.account_id = w.account_id and d.created_at < ${now} - interval '1 year')`,
        `made as (insert into digests (account_id, id, created_at, updated_at, period, covers_from, covers_until,
          due_count, upcoming_count, due, upcoming, next_best_action)
        select w.account_id, w.id, ${now}, ${now}, w.period, ${now}, w.covers_until,
          d.count, u.count + w.more_count, d.items, ${withMoreSql()}, coalesce(d.items -> 0, u.items -> 0)
        from wanted w
          cross join lateral (${listSql(isDue(now), `${RANK}, o.due_at, o.id`)}) d
          cross join lateral (${listSql(comes(now), 'o.due_at, o.id')}) u
        where d.count + u.count > 0 returning *)`,
        ...recordSql(sql, projection, Digest, digestEvents.ready, 'made'),
      ];
      return { parts, answer: 'select count(*)::int as made from event' };
    });
  }

  of(digests: readonly WantedDigest[], clock: Clock): Statement {
    return this.statement.bind({ digests: JSON.stringify(digests) }, clock);
  }
}

/** Also counts rings that are due at this moment and that another worker is about to open. */
function isDue(now: string): string {
  return `o.due_at > ${now} - interval '1 year'
    and (o.state = 'open' or (o.state = 'scheduled' and o.rings_at <= ${now} and m.state = 'active'))`;
}

/** Rings of paused reminders do not count. Quiet hours and days postpone a ring by less than eight days, so the index is read from that time on. */
function comes(now: string): string {
  return `o.due_at > ${now} - interval '8 days' and o.due_at < w.covers_until and o.rings_at < w.covers_until
    and o.state = 'scheduled' and o.rings_at > ${now} and m.state = 'active'`;
}

/** The first of the scheduled rings and of those that follow, in order of time. */
function withMoreSql(): string {
  return `(select coalesce(jsonb_agg(item order by item ->> 'dueAt'), '[]') from (select item
    from jsonb_array_elements(u.items || w.more) item order by item ->> 'dueAt' limit ${MOST_TOLD}) first_of_both)`;
}

/** The kinds that are not part of a digest. */
function untold(): string {
  return [DIGEST.name, ...unseenKinds()].map((name) => `'${name}'`).join(', ');
}

/** The number of rings, and the first ones. */
function listSql(condition: string, order: string): string {
  const rings = `select ${ITEM} as item, row_number() over (order by ${order}) as place
    from occurrences o join reminders m on m.account_id = o.account_id and m.id = o.reminder_id
    where o.account_id = w.account_id and o.kind not in (${untold()}) and ${condition}`;
  return `select count(*)::int as count, coalesce(jsonb_agg(item order by place) filter (where place <= ${MOST_TOLD}), '[]') as items
    from (${rings}) listed`;
}
