import { checkRecurrence, nextOccurrence, occurrencesThrough, occurrencesWithin } from '../../src/kit/recurrence.js';
import { promised, tell } from '../harness/figures.js';
import { questions } from './oracles/random-rules.js';
import { walkedFrom } from './oracles/walked-rules.js';
import { size } from '../harness/size.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const RULES = size('TEST_WALKED_RULES', 1_000, 400);
const SEED = 11;

interface Asked {
  readonly rrule: string;
  readonly start: string;
  /** The first instant of the start, and how far from it the rule is asked, both in milliseconds. */
  readonly from: number;
  readonly away: number;
}

/** Rules of every part that we take, without UNTIL, which is told to the walk in another way. */
function asked(): Asked[] {
  return questions(SEED, RULES * 3)
    .map(({ rrule, start, after }) => ({ rrule: rrule.replace(/;UNTIL=[^;]+/, ''), start, away: after.getTime() }))
    .filter(({ rrule, start }) => checkRecurrence(rrule, start) === null)
    .slice(0, RULES)
    .map((rule) => ({ ...rule, from: Date.parse(`${rule.start}Z`), away: rule.away - Date.parse(`${rule.start}Z`) }));
}

/** As far from the start as reminders can be: its own day, years after it, decades after it. */
const distances = ({ away }: Asked): number[] => [-DAY, away, away * 7];

function jumps({ rrule, start }: Asked, after: number, most: number): number[] {
  const rule = { rrule, start, timeZone: 'UTC' };
  const found: number[] = [];
  for (let last = new Date(after); found.length < most;) {
    const next = nextOccurrence(rule, last);
    if (!next) break;
    found.push(next.getTime());
    last = next;
  }
  return found;
}

describe('a rule that jumps to a time', () => {
  it('finds what a walk from the start finds', () => {
    const different: string[] = [];
    for (const one of asked()) {
      for (const away of distances(one)) {
        const after = one.from + away;
        const [walked, jumped] = [walkedFrom(one.rrule, one.from, after, 3), jumps(one, after, 3)];
        if (String(walked) !== String(jumped)) different.push(`${one.rrule} from ${one.start}: ${walked} ≠ ${jumped}`);
      }
    }
    expect(different).toEqual([]);
    tell(`R3: ${RULES} rules asked near their start, years and decades after it: none differs from a walk.`);
  });

  it('counts what single steps count', () => {
    for (const one of asked().slice(0, 300)) {
      const rule = { rrule: one.rrule, start: one.start, timeZone: 'Pacific/Apia' };
      const [after, through] = [new Date(one.from + one.away), new Date(one.from + one.away + 700 * DAY)];
      const within = occurrencesWithin(rule, after, through);
      const { missed, last, next } = occurrencesThrough(rule, after, through);
      const steps: Date[] = [];
      for (let at = nextOccurrence(rule, after); at && at <= through; at = nextOccurrence(rule, at)) steps.push(at);
      expect([within, missed, last]).toEqual([steps, steps.length, steps.at(-1) ?? null]);
      expect(next).toEqual(nextOccurrence(rule, through));
    }
  });
});

/** Of three tries the fastest counts: the machine does other things too. */
function tookBy(ask: () => unknown): number {
  const begun = performance.now();
  ask();
  return performance.now() - begun;
}

/** The densest, the sparsest, those that end, and those that have nothing for long. */
const EXTREME = [
  'FREQ=DAILY',
  'FREQ=DAILY;COUNT=1000',
  'FREQ=DAILY;INTERVAL=366',
  'FREQ=DAILY;INTERVAL=7;BYDAY=FR',
  'FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000',
  'FREQ=DAILY;BYDAY=TU,SA;BYMONTHDAY=-30,-2;COUNT=1000',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;WKST=SU',
  'FREQ=WEEKLY;INTERVAL=53;BYMONTH=2',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=31',
  'FREQ=MONTHLY;INTERVAL=11;BYMONTHDAY=31,30,29,28,27,26,25,24,23,22,21,20,19,18,17,16,15,14,13;COUNT=1000',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
  'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366',
  'FREQ=YEARLY;INTERVAL=100;BYYEARDAY=366',
  'FREQ=YEARLY;BYDAY=53MO,-53MO,53TU,-53TU,53WE,53TH,53FR,53SA,53SU',
  'FREQ=DAILY;UNTIL=21001231T235959Z',
];

describe.each(['1970-01-01T00:00', '1970-01-02T00:00', '2100-12-31T23:59'])('from %s', (start) => {
  it.each(EXTREME)('%s takes no long time, whenever it is asked', (rrule) => {
    const rule = { rrule, start, timeZone: 'America/Santiago' };
    let slowest = 0;
    for (const year of [1970, 1990, 2026, 2075, 2100, 2200]) {
      const [after, through] = [new Date(Date.UTC(year, 4, 5, 6)), new Date(Date.UTC(year, 4, 5, 6) + 50 * 365 * DAY)];
      for (const ask of [
        () => checkRecurrence(rrule, start),
        () => nextOccurrence(rule, after),
        () => occurrencesThrough(rule, after, new Date(after.getTime() + HOUR)),
        () => occurrencesWithin(rule, after, through),
      ]) {
        slowest = Math.max(slowest, Math.min(...[1, 2, 3].map(() => tookBy(ask))));
      }
    }
    promised(slowest, 5);
    tell(`${rrule} from ${start}: ${slowest.toFixed(1)} ms at most.`);
  });
});
