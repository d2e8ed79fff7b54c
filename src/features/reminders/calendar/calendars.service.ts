import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccountCalendar, Actor } from '../../../platform/actor/actor.js';
import { RateLimits } from '../../../platform/auth/rate-limits.js';
import type { Reply } from '../../../platform/auth/request.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { PlansAhead } from '../foreseeing/plans-ahead.service.js';
import { PlansAheadService } from '../foreseeing/plans-ahead.service.js';
import { InstallationService } from '../../accounts/installation.service.js';
import { kindsUnder } from '../kinds.service.js';
import { SHOWN } from './calendar-feeds.service.js';
import { calendarOf, feedOfToken } from './calendar.sql.js';
import type { CalendarRow } from './calendar.sql.js';
import { entriesOf } from './entries.js';
import { hashOfToken, tokenOfFile } from './feed-token.js';
import { calendarText } from './ics.js';

/** A calendar file. */
export interface CalendarFile {
  readonly name: string;
  readonly text: string;
  /** A strong entity tag over the bytes (RFC 9110 §8.8.3). */
  readonly etag: string;
}

interface OpenedFeed extends AccountCalendar {
  readonly accountId: string;
  readonly id: string;
  readonly name: string;
  readonly lens: string;
  readonly keyId: string | null;
}

const DAY_MS = 86_400_000;
const DAYS_BACK = 30;
const DAYS_AHEAD = 365;
const MOST_ENTRIES = 2_000;

/** Writes the calendar of one account: open and future rings, from today for a year. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rates: RateLimits,
    private readonly plans: PlansAheadService,
    private readonly installation: InstallationService,
  ) {}

  /**
   * @throws Problem `not_found` for an address that opens nothing, whatever the reason; `too_many_requests` for one that is
   *   asked more often than a key may ask
   */
  async file(name: string, reply: Reply): Promise<CalendarFile> {
    const token = tokenOfFile(name);
    const [feed] = token ? await this.database.system<OpenedFeed>(feedOfToken(hashOfToken(token))) : [];
    if (!feed) throw noCalendar();
    await this.rates.spend({ accountId: feed.accountId, keyId: feed.id }, reply);
    const { accountId, keyId } = feed;
    if (keyId !== null && !(await this.installation.keyHolds(accountId, keyId, SHOWN))) throw noCalendar();
    const text = await this.write(feed);
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    return { name: `kith-${feed.lens.replace('_', '-')}.ics`, text, etag };
  }

  /** Whole days, so that the file changes with its content and not with the time of the request. */
  private async write(feed: OpenedFeed): Promise<string> {
    const now = this.clock.now();
    const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
    const from = new Date(today - DAYS_BACK * DAY_MS);
    const to = new Date(today + (DAYS_AHEAD + 1) * DAY_MS);
    const actor = actorOf(feed);
    const ahead = await this.plans.until(actor, { now, to });
    const asked = { from, to, kinds: kindsUnder(feed.lens), most: MOST_ENTRIES };
    const rows = await this.database.read<CalendarRow>(actor, calendarOf(feed.accountId, asked));
    const within = { now, from, to, calendar: feed, most: MOST_ENTRIES };
    const entries = await entriesOf(rows, planned(ahead, asked.kinds), within);
    return calendarText(feed.name, entries);
  }
}

/** The plans ahead that a lens shows. */
function planned(ahead: PlansAhead, kinds: readonly string[] | null): PlansAhead {
  return kinds ? { ...ahead, rings: ahead.rings.filter(({ kind }) => kinds.includes(kind)) } : ahead;
}

function noCalendar(): Problem {
  return new Problem('not_found', 'There is no such calendar.');
}

/** The actor of a feed, which may read only the reminders of its account. */
function actorOf({ accountId, id: _, name: __, lens: ___, keyId: ____, ...calendar }: OpenedFeed): Actor {
  return { accountId, keyId: null, scopes: [SHOWN], calendar };
}
