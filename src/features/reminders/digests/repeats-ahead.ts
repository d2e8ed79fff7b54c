import type { Run, Statement } from '../../../platform/database/tx.js';
import { followersOf, later } from '../foreseeing/followers.js';
import type { Followed } from '../foreseeing/followers.js';
import { unseenKinds } from '../kinds.service.js';
import type { Rung } from '../kinds.service.js';
import { merged } from '../foreseeing/merged.js';
import { outOfQuiet } from '../timing/ring-times.js';
import type { Occurrence } from '../occurrence.entity.js';
import type { Reminder } from '../reminder.entity.js';
import { MOST_TOLD } from './digest.entity.js';
import type { DigestItem } from './digest.entity.js';
import { DIGEST } from './digest-statement.js';

/** The scheduled ring of a repeating reminder. */
interface Repeater
  extends Followed, Pick<Reminder, 'accountId' | 'kind' | 'title' | 'priority'>, Pick<Occurrence, 'dueAt' | 'ringsAt'> {
  readonly reminderId: string;
}

/** Rings that are not stored yet: only the next ring of a reminder is. */
export interface RepeatsAhead {
  readonly count: number;
  /** The first ones. */
  readonly items: readonly DigestItem[];
}

/** The limit for an account, so that counting takes at most a second. Beyond it, only scheduled rings count. */
const MOST_REPEATERS = 1_000;

/** The rings of each account that follow the scheduled ones until the next digest, counted as a preview does. */
export async function repeatsAhead(run: Run, rung: readonly Rung[], now: Date): Promise<Map<string, RepeatsAhead>> {
  const repeaters = await run<Repeater>(repeatersUntil(rung));
  const ahead = new Map<string, RepeatsAhead>();
  for (const { accountId, calendar, next } of rung) {
    const own = repeaters.filter((one) => one.accountId === accountId);
    const sources = own.map((one) => {
      const first = { dueAt: one.dueAt, ringsAt: outOfQuiet(later(one.ringsAt, now), calendar) };
      return { notBefore: first.ringsAt, items: itemsOf(one, followersOf(one, calendar, first)) };
    });
    const items = await merged(sources, { at: ({ ringsAt }) => ringsAt, to: next ?? now, most: Infinity });
    ahead.set(accountId, { count: items.length, items: items.slice(0, MOST_TOLD).map(({ item }) => item) });
  }
  return ahead;
}

function* itemsOf(
  { reminderId, kind, title, priority }: Repeater,
  followers: ReturnType<typeof followersOf>,
): Generator<{ ringsAt: Date; item: DigestItem }, void> {
  for (const { ringsAt, dueAt } of followers)
    yield { ringsAt, item: { occurrenceId: null, reminderId, kind, title, dueAt, priority } };
}

function repeatersUntil(rung: readonly Rung[]): Statement {
  return {
    text: `select w.account_id as "accountId", x.*
      from unnest($1::uuid[], $2::timestamptz[]) w(account_id, until) cross join lateral (
        select r.id as "reminderId", r.kind, r.title, r.priority, r.rrule, r.every, r.anchor, r.starts_at as "startsAt",
          r.wall_time as "wallTime", r.time_zone as "timeZone", o.puts_off as "putsOff", o.due_at as "dueAt", o.rings_at as "ringsAt"
        from reminders r join occurrences o on o.account_id = r.account_id and o.reminder_id = r.id
        where r.account_id = w.account_id and (r.rrule is not null or r.every is not null) and r.state = 'active'
          and r.anchor = 'schedule' and r.kind <> all($3::text[]) and r.due_at < w.until
          and o.state = 'scheduled' and o.puts_off is null
        order by r.due_at, r.id limit ${MOST_REPEATERS}) x`,
    values: [rung.map(({ accountId }) => accountId), rung.map(({ next }) => next), [DIGEST.name, ...unseenKinds()]],
  };
}
