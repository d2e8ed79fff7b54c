import { atLocalTime } from '../../src/kit/instants.js';
import { addLocalDate, addPeriod } from '../../src/kit/periods.js';
import { tell } from '../harness/figures.js';
import { hashesBy, isLive, isWriting, liveLines, storeLines, storedLines } from './oracles/oracle.js';

const PERIODS = ['P8M', 'P3M', 'P1M', 'P1Y'];
const ZONE = 'Europe/Berlin';
const STEPS = Array.from({ length: 12 }, (_, n) => n + 1);
/** A morning in a zone takes six times as long as a day. */
const MORNING_STEPS = [1, 5, 12];
const DAY_MS = 86_400_000;
const TABLE = 'periods';

/** The lines that periods.py answers, with our own answers. */
function* ours(): Generator<string> {
  for (const period of PERIODS) {
    for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2032, 0, 1); time += DAY_MS) {
      const day = new Date(time).toISOString().slice(0, 10);
      yield [period, day, ...STEPS.map((step) => addLocalDate(day, period, step))].join(' ');
      const morning = atLocalTime(day, '09:00', ZONE);
      const mornings = MORNING_STEPS.map((step) => addPeriod(morning, period, ZONE, step).getTime() / 1000);
      yield [period, day, ZONE, ...mornings].join(' ');
    }
  }
}

/** A hash for each period and month of the first day: `P8M 2024-01`. */
const monthly = (lines: readonly string[]): string[] => hashesBy(lines, (line) => line.slice(0, 'P8M 2024-01'.length));

/** R2 of docs/reliability against an implementation of its own: python-dateutil's relativedelta, and zoneinfo. */
describe('R2: periods from every day of 2024 to 2031, 12 steps', () => {
  const lines = [...ours()];

  if (isWriting) it('are written down', () => storeLines(TABLE, monthly(liveLines('periods.py'))));

  it('are the days and the mornings that python-dateutil answered', () => {
    expect(lines).toHaveLength(PERIODS.length * 2922 * 2);
    expect(monthly(lines)).toEqual(storedLines(TABLE));
    const anchors = lines.length / 2;
    tell(`R2: ${anchors * STEPS.length} days and ${anchors * MORNING_STEPS.length} mornings: none differs.`);
  });

  if (isLive) {
    it('are the days and the mornings that python-dateutil answers now', () => {
      const live = liveLines('periods.py');
      expect(live).toHaveLength(lines.length);
      expect(lines.filter((line, n) => line !== live[n])).toEqual([]);
    });
  }
});
