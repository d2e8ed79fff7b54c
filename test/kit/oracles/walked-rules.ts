import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

const LAST_WALL_TIME = Date.UTC(2100, 11, 31, 23, 59, 59);
const MOST_PERIODS = 60_000;

/**
 * The first wall times of a rule after another one, as rrule-temporal finds them: it walks from the start, one period after the other. A
 * wall time is written as if it were UTC, and the rule has no UNTIL.
 */
export function walkedFrom(rrule: string, start: number, after: number, most: number): number[] {
  const rule = new RRuleTemporal({
    rruleString: rrule,
    dtstart: asUtc(start),
    until: asUtc(LAST_WALL_TIME),
    maxIterations: MOST_PERIODS,
  });
  const found: number[] = [];
  for (let from = after; found.length < most;) {
    const next = rule.next(new Date(from));
    if (!next) break;
    found.push(next.epochMilliseconds);
    from = next.epochMilliseconds;
  }
  return found;
}

function asUtc(wall: number): Temporal.ZonedDateTime {
  return new Temporal.ZonedDateTime(BigInt(wall) * 1_000_000n, 'UTC');
}
