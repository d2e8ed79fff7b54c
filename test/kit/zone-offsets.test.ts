import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from '../../src/kit/calendar-days.js';
import { instantAt, offsetAt } from '../../src/kit/zone-offsets.js';
import { tell } from '../harness/figures.js';

const HOUR = 3_600_000;
const zones = Intl.supportedValuesOf('timeZone');

/** What Temporal says: it is asked for every instant alone. */
function offsetOf(instant: number, zone: string): number {
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return there.offsetNanoseconds / 1_000_000;
}

function instantOf(wall: number, zone: string): number {
  const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
  return plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** Instants that are spread over the years from 1900 to 2200, others for each zone. */
function* spread(zone: number, count: number): Generator<number> {
  const [from, to] = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1)];
  for (let n = 0; n < count; n += 1) yield Math.floor(from + ((to - from) / count) * (n + zone / zones.length));
}

describe('every zone, from 1900 to 2200', () => {
  it('has the offsets and the wall times that Temporal has', () => {
    const different: string[] = [];
    let asked = 0;
    for (const [number, zone] of zones.entries()) {
      for (const instant of spread(number, 120)) {
        asked += 1;
        if (offsetAt(instant, zone) !== offsetOf(instant, zone)) different.push(`${zone} at ${instant}`);
        if (instantAt(instant, zone) !== instantOf(instant, zone)) different.push(`${zone} on the wall at ${instant}`);
      }
    }
    expect(different).toEqual([]);
    tell(`Offsets of ${zones.length} zones at ${asked} instants from 1900 to 2200: none differs from Temporal's.`);
  });

  it('changes where Temporal changes, and skips and repeats the same wall times', () => {
    const around = [-DAY_MS, -HOUR, -1_800_000, -1, 0, 1, 1_800_000, HOUR, DAY_MS];
    const different: string[] = [];
    let changes = 0;
    for (const [number, zone] of zones.entries()) {
      const from = [...spread(number, 3)].slice(0, 2).concat(Date.UTC(2020 + (number % 30), 0, 1));
      for (const instant of from) {
        const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        const at = there.getTimeZoneTransition('next')?.epochMilliseconds ?? instant;
        changes += 1;
        for (const beside of around) {
          if (offsetAt(at + beside, zone) !== offsetOf(at + beside, zone)) different.push(`${zone} at ${at + beside}`);
          const wall = at + beside + offsetOf(at, zone);
          if (instantAt(wall, zone) !== instantOf(wall, zone)) different.push(`${zone} on the wall at ${wall}`);
        }
      }
    }
    expect(different).toEqual([]);
    tell(`Around ${changes} changes of offset: none differs from Temporal's.`);
  });
});

describe('a zone', () => {
  it('that does not exist is refused', () => expect(() => offsetAt(0, 'Mars/Base')).toThrow(RangeError));

  it('has no offset beyond what Date has', () => {
    expect(() => offsetAt(9e15, 'Europe/Berlin')).toThrow(RangeError);
    expect(() => offsetAt(NaN, 'Europe/Berlin')).toThrow(RangeError);
  });

  it.each([-8e15, Date.UTC(1799, 11, 31), Date.UTC(2400, 6, 1), 8e15])('has an offset at %d', (instant) => {
    expect(offsetAt(instant, 'Europe/Berlin')).toBe(offsetOf(instant, 'Europe/Berlin'));
  });
});
