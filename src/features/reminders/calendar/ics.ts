import ical, {
  ICalAlarmRelatesTo,
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEvent,
  ICalEventStatus,
  ICalEventTransparency,
  escape,
} from 'ical-generator';
import type { ICalCalendar, ICalEventData } from 'ical-generator';
import { inSlices } from '../../../kit/breather.js';
import type { Entry } from './entries.js';
import { folded } from '../../../kit/folded-lines.js';

const END = 'END:VCALENDAR';
const HOUR = 3_600;
const DAY_MS = 86_400_000;
/** The length of an event in the calendar. A ring has none, but some programs hide shorter events. */
const LENGTH_MS = 15 * 60_000;
/** The limit of a note in a calendar, because a year of daily rings repeats it 366 times. */
const LONGEST_NOTE = 1_000;

/** RFC 5545 §3.8.1.9: 1 is the highest, 5 is in the middle, 9 is the lowest. */
const PRIORITIES: Readonly<Record<string, number>> = { high: 1, normal: 5, low: 9 };

/** Characters that end a line somewhere, though not in RFC 5545: next line, line and paragraph separator, VT and FF. */
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Controls, which RFC 5545 §3.1 forbids in a text, but for the tab; a line feed is written as an escape. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** The calendar as iCalendar (RFC 5545, RFC 7986). The same entries give the same bytes. */
export async function calendarText(name: string, entries: readonly Entry[]): Promise<string> {
  const calendar = ical({
    // The library escapes what belongs to events, but writes the name as it comes.
    name: escape(plain(name).replaceAll('\n', ' '), false),
    prodId: { company: 'Kith', product: 'Kith', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: HOUR,
  });
  const frame = calendar.toString().slice(0, -END.length);
  const events = await inSlices(entries, (entry) => folded(eventText(calendar, entry)));
  return `${frame}${events.join('')}${END}\r\n`;
}

function eventText(calendar: ICalCalendar, entry: Entry): string {
  const event = new ICalEvent(eventOf(entry), calendar);
  for (const seconds of entry.alarms) {
    const alarm = event.createAlarm({ type: ICalAlarmType.display, triggerAfter: seconds });
    // Not among the data above: from there the library forgets it, and a later alarm would count from the end.
    alarm.relatesTo(ICalAlarmRelatesTo.start);
  }
  return event.toString();
}

function eventOf(entry: Entry): ICalEventData {
  const { uid, sequence, changedAt, title, note, category, priority } = entry;
  return {
    id: uid,
    sequence,
    stamp: changedAt,
    lastModified: changedAt,
    ...whenOf(entry),
    summary: plain(title).replaceAll('\n', ' '),
    ...(note === null ? {} : { description: shortened(plain(note)) }),
    categories: [{ name: category }],
    priority: PRIORITIES[priority] ?? 0,
    status: ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

function whenOf({ day, dueAt }: Entry): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
  if (day === null) return { start: dueAt, end: new Date(dueAt.getTime() + LENGTH_MS) };
  const start = new Date(`${day}T00:00:00Z`);
  return { start, end: new Date(start.getTime() + DAY_MS), allDay: true };
}

/** A text without characters that some readers take for the end of a line. */
function plain(text: string): string {
  return text.replace(LINE_ENDS, '\n').replace(CONTROLS, '');
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_NOTE ? text : `${characters.slice(0, LONGEST_NOTE - 1).join('')}…`;
}
