import { isTimeZone } from '../../src/kit/instants.js';
import { instantOfWall } from '../../src/kit/wall-time.js';
import { tell } from '../harness/figures.js';
import { isLive, isWriting, liveLines, storeLines, storedLines } from './oracles/oracle.js';

/** In Debian's folder, but no zones: a machine that was not set up, and the link to the zone of this one. */
const NO_ZONES = ['Factory', 'localtime'];

/** What python's zoneinfo answers with one release of the time zone database. */
interface Table {
  readonly release: string;
  /** `<wall time> <seconds since 1970>` lines by zone. */
  readonly answers: ReadonlyMap<string, readonly string[]>;
}

function tableOf(lines: readonly string[]): Table {
  const answers = new Map<string, string[]>();
  let group: string[] = [];
  for (const line of lines.slice(1)) {
    if (!line.startsWith('zones ')) {
      group.push(line);
      continue;
    }
    group = [];
    for (const zone of line.split(' ').slice(1)) answers.set(zone, group);
  }
  return { release: lines[0]?.replace('release ', '') ?? '', answers };
}

/** The same lines with our own answers. */
function ours(lines: readonly string[], zone: string): string[] {
  return lines.map((line) => {
    const [wallTime = ''] = line.split(' ');
    return `${wallTime} ${instantOfWall(Date.parse(`${wallTime}Z`), zone).getTime() / 1000}`;
  });
}

const agrees = (lines: readonly string[], zone: string): boolean => ours(lines, zone).join() === lines.join();

/** Tables of the releases on both sides of the runtime's: between them a zone may answer as in either. */
function tablesAround(release: string, tables: readonly Table[]): Table[] {
  const older = tables.filter((table) => table.release <= release).at(-1);
  const newer = tables.find((table) => table.release >= release);
  return [...new Set([older, newer])].filter((table) => table !== undefined);
}

const stored = ['zones-2025b', 'zones-2026f'].map((name) => tableOf(storedLines(name)));
const runtime = process.versions.tz ?? '';

/** R1 of docs/reliability: every zone, every change of its offset from 2020 to 2037, five wall times around each. */
function judge(tables: readonly Table[], what: string): void {
  const zones = new Set(tables.flatMap(({ answers }) => [...answers.keys()]));
  const known = [...zones].filter((zone) => !NO_ZONES.includes(zone));
  expect(known.filter((zone) => !isTimeZone(zone))).toEqual([]);
  const agreed = known.map((zone) => tables.map(({ answers }) => answers.get(zone) ?? []).find((l) => agrees(l, zone)));
  expect(known.filter((_zone, n) => agreed[n] === undefined)).toEqual([]);
  const judged = agreed.reduce((total, lines) => total + (lines?.length ?? 0), 0);
  tell(`R1: ${judged} wall times of ${known.length} zones as ${what}, here ${runtime}: none differs.`);
}

describe('R1: wall times around every change of every zone', () => {
  it('are the instants that zoneinfo answered', () => {
    const tables = tablesAround(runtime, stored);
    judge(tables, `zoneinfo with ${tables.map(({ release }) => release).join(' or ')}`);
  });

  it('has an answer for every zone of the runtime', () => {
    const answered = new Set(stored.flatMap(({ answers }) => [...answers.keys()]));
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !answered.has(zone))).toEqual([]);
  });

  if (isWriting) {
    it('are written down for the release of this machine', () => {
      const lines = liveLines('zones.py');
      storeLines(`zones-${tableOf(lines).release}`, lines);
    });
  }

  if (isLive) {
    it('are the instants that zoneinfo answers now', () => {
      const live = tableOf(liveLines('zones.py'));
      const beside = live.release === runtime ? [] : tablesAround(runtime, stored);
      judge([live, ...beside], `zoneinfo with ${live.release}`);
    });
  }
});
