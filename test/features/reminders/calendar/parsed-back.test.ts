import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import type { VEvent } from 'node-ical';
import { nextOccurrence } from '../../../../src/kit/recurrence.js';
import { recurrenceOf } from '../../../../src/features/reminders/timing/repeats.js';
import { TestProgram } from '../../../harness/program.js';
import { isLive, liveLines } from '../../../kit/oracles/oracle.js';
import { tell } from '../../../harness/figures.js';
import { fetchFeed, makeFeed } from './feeds.js';

const REMINDERS = 500;
/** `TEST_CALENDARS=10` for a long run: 5,000 reminders, each other than the rest. */
const CALENDARS = Number(process.env.TEST_CALENDARS ?? 1);
const FIRSTS = Array.from({ length: CALENDARS }, (_, n) => n * REMINDERS);
const HORIZON_END = new Date('2027-03-03T00:00:00Z');
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const RULES = ['FREQ=DAILY;COUNT=5', 'FREQ=WEEKLY;COUNT=6', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=YEARLY', 'FREQ=MONTHLY'];

/** What breaks writers of iCalendar: what must be escaped, what ends lines, what must not be cut in two. */
const PIECES = [
  'plain words',
  'a, b; c: "d" \\ e\\n f\\',
  '\r\n',
  '\n',
  '\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:injected',
  '\u2028ATTACH:http://evil.example/\u2029',
  '\u0085X-INJECTED:1\u000b\u000c',
  '\u0007\u001b[31m',
  '\t\ttabs',
  'žluťoučký kůň',
  '日本語の予定表',
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦',
  '🇩🇪🏳️‍🌈',
  '𝕂𝕚𝕥𝕙',
  'é',
  '=HYPERLINK("x")',
  ' ',
];

interface Made {
  readonly id: string;
  readonly title: string;
  readonly note: string | null;
  readonly dueAt: string;
  readonly rrule: string | null;
  readonly timeZone: string;
}

interface Shown {
  readonly uid: string;
  readonly at: string;
  readonly summary: string;
  readonly description: string;
}

let readBack = 0;
afterAll(() => tell(`E1: ${readBack} events of ${REMINDERS * CALENDARS} reminders read back whole.`));

describe.each(FIRSTS)('a calendar of 500 reminders, from the %dth', (first) => {
  let program: TestProgram;
  let bytes: Buffer;
  let text: string;
  let expected: Shown[];

  beforeAll(async () => {
    program = await TestProgram.start();
    const { path } = await makeFeed(program, { name: 'N, a; m\r\ne: \\n \u2028X-NAME:injected 👩‍👩‍👧‍👦' });
    const operations = Array.from({ length: REMINDERS }, (_, n) => ({ create: reminder(first + n) }));
    const { body } = await program.ask('post', '/v1/reminders/batch', { body: { operations } });
    const made = (body.data as { reminder: Made }[]).map((result) => result.reminder);
    ({ bytes, text } = await fetchFeed(program, path));
    expected = made.flatMap(shownOf).sort(byUid);
  });
  afterAll(() => program.stop());

  it('is read back whole by ical.js', () => {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    // It has no type for what begins with X-, and so leaves the escapes of its text alone.
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('N\\, a\\; m e: \\\\n  X-NAME:injected 👩‍👩‍👧‍👦');
    expect(calendar.getFirstPropertyValue('refresh-interval')?.toString()).toBe('PT1H');
    const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
    const shown = events.map(({ uid, summary, description, startDate }) => {
      const at = startDate.isDate ? startDate.toString() : startDate.toJSDate().toISOString();
      return { uid, at, summary, description: description ?? '' };
    });
    expect(shown.sort(byUid)).toEqual(expected);
    readBack += shown.length;
    expect(events.every(({ component }) => component.getAllSubcomponents('valarm').length === 1)).toBe(true);
  });

  it('is read back whole by node-ical', () => {
    const parsed = Object.values(nodeIcal.sync.parseICS(text));
    const events = parsed.filter((part): part is VEvent => part?.type === 'VEVENT');
    const shown = events.map(({ uid, summary, description, start, datetype }) => ({
      uid,
      at: datetype === 'date' ? localDay(start) : start.toISOString(),
      summary: String(summary),
      description: String(description ?? ''),
    }));
    expect(shown.map(trimmed).sort(byUid)).toEqual(expected.map(asReadByNodeIcal).map(trimmed));
  });

  if (isLive) {
    it('is read back whole by icalendar of Python', () => {
      const shown = liveLines('feeds.py', text).map((line) => JSON.parse(line) as Shown);
      expect(shown.map(trimmed).sort(byUid)).toEqual(expected.map(asReadByIcalendar).map(trimmed));
    });
  }

  it('has no line above 75 octets, and none that is cut inside a character', () => {
    const lines = linesOf(bytes);
    expect(lines.length).toBeGreaterThan(10_000);
    expect(lines.filter((line) => line.length > 75)).toEqual([]);
    const strict = new TextDecoder('utf-8', { fatal: true });
    expect(() => lines.map((line) => strict.decode(line))).not.toThrow();
  });

  it('has no line that a text has put there', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\v\f\u0085\u2028\u2029]|(?!\t)\p{Cc}/u);
    const names = text
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .slice(0, -1)
      .map((line) => line.split(/[;:]/)[0]);
    const counts = new Map<string | undefined, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const each = expected.length;
    const noted = expected.filter(({ description }) => description !== '').length;
    const days = expected.filter(({ at }) => at.length === 10).length;
    expect(Object.fromEntries(counts)).toEqual({
      BEGIN: 2 * each + 1,
      END: 2 * each + 1,
      VERSION: 1,
      PRODID: 1,
      METHOD: 1,
      NAME: 1,
      'X-WR-CALNAME': 1,
      'REFRESH-INTERVAL': 1,
      'X-PUBLISHED-TTL': 1,
      UID: each,
      SEQUENCE: each,
      DTSTAMP: each,
      DTSTART: each,
      DTEND: each,
      'X-MICROSOFT-CDO-ALLDAYEVENT': days,
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT': days,
      SUMMARY: each,
      TRANSP: each,
      DESCRIPTION: each + noted,
      STATUS: each,
      CATEGORIES: each,
      PRIORITY: each,
      'LAST-MODIFIED': each,
      ACTION: each,
      TRIGGER: each,
    });
  });
});

/** The nth reminder: its pieces come in an order of their own, its length puts other characters where lines are folded. */
function reminder(n: number): object {
  const words = Array.from(
    { length: 1 + (n % 9) },
    (_, k) => PIECES[(n * 7 + k * (1 + (n % 5))) % PIECES.length] ?? '',
  );
  const title = `${'x'.repeat(n % 71)}${words.join('')}`.trim().slice(0, 190).toWellFormed() || 'Untitled';
  const note = n % 3 === 0 ? null : `Note ${n} ${words.join(' ').repeat(1 + (n % 4))}`;
  const timeZone = ZONES[n % ZONES.length] ?? 'UTC';
  const rrule = n % 5 === 0 ? (RULES[(n / 5) % RULES.length] ?? null) : null;
  const month = String(3 + (n % 9)).padStart(2, '0');
  const day = String(3 + (n % 26)).padStart(2, '0');
  const when =
    n % 4 === 0
      ? { dueOn: `2026-${month}-${day}` }
      : {
          dueAt: `2026-${month}-${day}T${String(n % 24).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}:01Z`,
        };
  return { title, note, timeZone, rrule, ...when };
}

/** What a reader must find: the rings one by one, as the scheduler would come to them. */
function shownOf({ id, title, note, dueAt, rrule, timeZone }: Made): Shown[] {
  const rings = [new Date(dueAt)];
  const rule = rrule ? recurrenceOf(rrule, new Date(dueAt), timeZone) : null;
  for (let last = rings[0]; rule && last;) {
    const next = nextOccurrence(rule, last);
    if (!next || next >= HORIZON_END) break;
    rings.push(next);
    last = next;
  }
  return rings.map((ring) => ({
    uid: `${id}-${ring.getTime()}@kith`,
    at: dayOf(ring, timeZone) ?? ring.toISOString(),
    summary: readable(title).replaceAll('\n', ' '),
    description: note === null ? '' : readable(note),
  }));
}

/** It takes an escaped backslash before an n for the escape of a line end; ical.js does not. */
function asReadByNodeIcal(shown: Shown): Shown {
  return withTexts(shown, (text) => text.replaceAll('\\n', '\\\n'));
}

/** Version 4, which is Debian 12's, takes escapes away twice: an escaped backslash before an n is a line end to it. */
function asReadByIcalendar(shown: Shown): Shown {
  return withTexts(shown, (text) => text.replaceAll('\\n', '\n'));
}

function withTexts({ summary, description, ...rest }: Shown, read: (text: string) => string): Shown {
  return { ...rest, summary: read(summary), description: read(description) };
}

/** It drops spaces around a text. */
function trimmed(shown: Shown): Shown {
  return withTexts(shown, (text) => text.trim());
}

/** The day of a ring at nine in the morning, which is when the account's day starts. */
function dayOf(ring: Date, timeZone: string): string | null {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const [day = '', time] = format.format(ring).split(' ');
  return time === '09:00:00' ? day : null;
}

function readable(text: string): string {
  return text.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf('\r\n', from);
    lines.push(bytes.subarray(from, end));
    from = end + 2;
  }
  return lines;
}

function byUid(a: { uid: string }, b: { uid: string }): number {
  return a.uid < b.uid ? -1 : 1;
}

function localDay(date: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(date);
}
