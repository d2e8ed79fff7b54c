import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { brokenPromises } from '../../../harness/broken-promises.js';
import { faces } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { fetchFeed } from '../calendar/feeds.js';
import type { Batch, Said, Wait } from './steps.js';
import { Walker } from './walker.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Of so many walks one compares its calendar at a time, each in its turn: a year of entries is what takes longest to write. */
const COMPARES = 4;
/** So many wakes in one stretch of time mean that the scheduler wakes for nothing. */
const HOT = 3_000;
const TOLD = ['reminder.upcoming', 'reminder.due', 'reminder.overdue', 'digest.ready'];

/** What a walk came to that should not be. */
export class Astray extends Error {
  constructor(
    readonly walk: number,
    readonly step: number,
    message: string,
    readonly requests: readonly string[],
  ) {
    super(message);
  }
}

interface Foreseen {
  readonly at: string;
  readonly eventType: string;
  readonly reminderId: string;
  readonly dueAt: string;
}

/** Takes walks together, each in an account of its own: after each step the promises hold, and what was foreseen happens. */
export class Walking {
  private walkers: Walker[] = [];
  private told = 0;
  private step = 0;

  constructor(private readonly program: TestProgram) {}

  /** @throws Astray with the requests of the walk that went astray */
  async walk({ start, waits, walks }: Batch, first = 0): Promise<void> {
    await this.program.clear();
    await this.program.empty('events', 'outbox', 'digests', 'calendar_feeds');
    this.program.clock.set(start);
    const names = walks.map((_, index) => faces[(first + index) % faces.length] ?? 'rest');
    this.walkers = await Promise.all(names.map((name) => Walker.start(this.program, name)));
    for (const [step, wait] of waits.entries()) {
      this.step = step;
      await this.pass(wait);
      await Promise.all(walks.map((steps, index) => this.take(index, steps[step])));
      await this.holds();
    }
    await this.pass({ minutes: 600, down: false });
    await this.holds();
  }

  private async take(index: number, said: Said | undefined): Promise<void> {
    const walker = this.walkers[index];
    if (!walker || !said) return;
    await walker.say(said).catch((error: unknown) => this.astray(index, String(error)));
  }

  private async pass({ minutes, down }: Wait): Promise<void> {
    const { clock } = this.program;
    if (minutes === 0) return;
    const until = new Date(clock.now().getTime() + minutes * MINUTE);
    if (down) return clock.set(until.toISOString());
    const foreseen = await Promise.all(this.walkers.map((walker) => this.foresee(walker, until)));
    const turn = this.walkers.map((walker, index) => [walker, index] as const);
    const compared = turn.filter(([, index]) => (this.step + index) % COMPARES === 0);
    await Promise.all(compared.map(([walker, index]) => this.compareFeed(walker, index)));
    const from = clock.now();
    await this.run(until);
    await this.compare(foreseen, from);
  }

  /** The scheduler wakes whenever it has to. */
  private async run(until: Date): Promise<void> {
    const { clock, pool, app } = this.program;
    for (let wakes = 0; ; wakes += 1) {
      const { rows } = await pool.query<{ next: Date | null }>('select min(wakes_at) as next from occurrences');
      const next = rows[0]?.next;
      if (!next || next > until) break;
      if (next > clock.now()) clock.set(next.toISOString());
      await app.get(RingsService).ringDue();
      if (wakes > HOT) await this.astrayAll(`the scheduler wakes for nothing at ${clock.now().toISOString()}`);
    }
    clock.set(until.toISOString());
  }

  private async foresee(walker: Walker, until: Date): Promise<string[]> {
    const to = new Date(until.getTime() + 1).toISOString();
    const events = await this.preview(walker, to);
    return events
      .filter(({ eventType }) => TOLD.includes(eventType))
      .map(lineOf)
      .sort();
  }

  private async preview({ key }: Walker, to: string): Promise<readonly Foreseen[]> {
    const { body, status } = await this.program.ask('get', `/v1/reminders/preview?to=${to}`, { key });
    if (status !== 200) throw new Error(`The preview is answered with ${status}.`);
    return (body as { events: Foreseen[] }).events;
  }

  /** The same moments, the same events, none twice. */
  private async compare(foreseen: readonly string[][], from: Date): Promise<void> {
    const { rows } = await this.program.pool.query<Foreseen & { account: string; sequence: number }>(
      `select account_id as account, sequence, type as "eventType", data ->> 'reminderId' as "reminderId", data ->> 'dueAt' as "dueAt",
        to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from events where sequence > $1 and type = any($2) order by sequence`,
      [this.told, TOLD],
    );
    await this.judged(this.told);
    this.told = rows.at(-1)?.sequence ?? this.told;
    for (const [index, walker] of this.walkers.entries()) {
      const happened = rows
        .filter(({ account }) => account === walker.accountId)
        .map(lineOf)
        .sort();
      const expected = foreseen[index] ?? [];
      const missing = expected.filter((line) => !happened.includes(line));
      const extra = happened.filter((line) => !expected.includes(line));
      if (missing.length + extra.length > 0 || happened.length !== expected.length)
        this.astray(
          index,
          `from ${from.toISOString()} was foreseen and did not happen: ${missing.join('; ') || 'nothing'}; happened and was not foreseen: ${extra.join('; ') || 'nothing'}; ${expected.length} foreseen, ${happened.length} happened`,
        );
    }
  }

  /** What rings still holds: nothing that the program itself does at that moment ends it. */
  private async judged(since: number): Promise<void> {
    const { rows } = await this.program.pool.query<{ account: string; line: string }>(
      `select o.account_id as account, o.kind || ' ' || o.reminder_id || ' due ' || o.due_at as line
        from events e join occurrences o on o.account_id = e.account_id and o.id = (e.data ->> 'id')::uuid
        where e.sequence > $1 and e.type = 'reminder.due' and o.state <> 'open' and o.updated_at = o.fired_at`,
      [since],
    );
    const [first] = rows;
    if (!first) return;
    const index = this.walkers.findIndex(({ accountId }) => accountId === first.account);
    this.astray(index, `rang and was ended at the same moment: ${first.line}`);
  }

  /** The rings ahead that a calendar shows are those of the preview. */
  private async compareFeed(walker: Walker, index: number): Promise<void> {
    const now = this.program.clock.now().getTime();
    const to = new Date(now + 20 * DAY);
    const events = await this.preview(walker, new Date(to.getTime() + 10 * DAY).toISOString());
    const { text } = await fetchFeed(this.program, walker.feed);
    const ahead = (due: number): boolean => due > now && due < to.getTime();
    const shown = [...text.replace(/\r\n /g, '').matchAll(/UID:([0-9a-f-]{36})-(\d+)@kith/g)]
      .filter(([, , due]) => ahead(Number(due)))
      .map(([, id, due]) => `${id} ${new Date(Number(due)).toISOString()}`);
    const foreseen = events
      .filter(({ eventType, dueAt }) => eventType === 'reminder.due' && ahead(Date.parse(dueAt)))
      .map(({ reminderId, dueAt }) => `${reminderId} ${dueAt}`);
    const more = shown.filter((line) => !foreseen.includes(line));
    const less = foreseen.filter((line) => !shown.includes(line));
    if (more.length + less.length > 0)
      this.astray(index, `the calendar shows more than the preview: ${more.join('; ')}; less: ${less.join('; ')}`);
  }

  private async holds(): Promise<void> {
    const broken = await brokenPromises(this.program.app, false);
    if (broken.length === 0) return;
    const ids = broken.join(' ');
    for (const [index, { accountId }] of this.walkers.entries()) {
      const { rows } = await this.program.pool.query<{ id: string }>(
        `select id from reminders where account_id = $1 union all select id from contacts where account_id = $1
          union all select id from recruiters where account_id = $1 union all select id from rounds where account_id = $1`,
        [accountId],
      );
      if (rows.some(({ id }) => ids.includes(id)) || ids.includes(accountId)) this.astray(index, broken.join('\n'));
    }
    throw new Error(broken.join('\n'));
  }

  private astray(index: number, message: string): never {
    throw new Astray(index, this.step, message, this.walkers[index]?.requests ?? []);
  }

  private async astrayAll(message: string): Promise<never> {
    const { rows } = await this.program.pool.query<{ account: string }>(
      'select account_id as account from occurrences where wakes_at <= $1 order by wakes_at limit 1',
      [this.program.clock.now()],
    );
    const index = this.walkers.findIndex(({ accountId }) => accountId === rows[0]?.account);
    return this.astray(Math.max(0, index), message);
  }
}

function lineOf({ at, eventType, reminderId, dueAt }: Foreseen): string {
  return eventType === 'digest.ready' ? `${at} ${eventType}` : `${at} ${eventType} ${reminderId} due ${dueAt}`;
}
