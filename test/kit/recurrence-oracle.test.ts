import { randomInt } from 'node:crypto';
import { checkRecurrence, nextOccurrence } from '../../src/kit/recurrence.js';
import { tell } from '../harness/figures.js';
import { isLive, isWriting, liveLines, storeLines, storedLines } from './oracles/oracle.js';
import { lineOf, questions } from './oracles/random-rules.js';
import type { Question } from './oracles/random-rules.js';

/** The table has the answers for so many of this seed. */
const IN_TABLE = 10_000;
const SEED = 3;

const BEFORE_ALL = new Date('1969-12-01T00:00:00Z');

/** What is refused because implementations differ about it, or because it says nothing: decision 0006. */
const REFUSED_BY_DESIGN = [
  /"BYWEEKNO" is not supported/,
  /BYYEARDAY does not go with other/,
  /^BYDAY=\S+ counts weekdays, for MONTHLY or YEARLY without BYMONTHDAY/,
  /^BYDAY=\S+ mixes counted and plain weekdays of a year/,
  /^BYMONTHDAY does not go with FREQ=WEEKLY/,
  /^BYSETPOS does not go with FREQ=(DAILY|WEEKLY)/,
];
const NEVER = /never occurs/;
const NOTHING = '|';
/** The oracle has no answer: counted and plain weekdays together, under BYSETPOS. */
const UNJUDGED = '?';

interface Verdict {
  readonly question: string;
  readonly kind: 'alike' | 'different' | 'refused' | 'unjudged';
}

function after(question: Question, start: Date, most: number): number[] {
  const found: number[] = [];
  for (let last = start; found.length < most;) {
    const next = nextOccurrence(question, last);
    if (!next) break;
    found.push(next.getTime() / 1000);
    last = next;
  }
  return found;
}

/** The line that rules.py answers, with our own answers; a refusal that says the rule never occurs is one without any. */
function ours(question: Question): string {
  const refusal = checkRecurrence(question.rrule, question.start);
  if (refusal !== null) return NEVER.test(refusal) ? NOTHING : refusal;
  return [...after(question, BEFORE_ALL, 5), NOTHING, ...after(question, question.after, 2)].join(' ');
}

function judge(question: Question, theirs: string): Verdict {
  const own = ours(question);
  const line = `${lineOf(question)}: ${own} ≠ ${theirs}`;
  if (REFUSED_BY_DESIGN.some((reason) => reason.test(own))) return { question: line, kind: 'refused' };
  if (theirs === UNJUDGED) return { question: line, kind: 'unjudged' };
  return { question: line, kind: own.trim() === theirs.trim() ? 'alike' : 'different' };
}

function expectAlike(verdicts: readonly Verdict[], what: string): void {
  const of = (kind: Verdict['kind']): string[] => verdicts.filter((v) => v.kind === kind).map((v) => v.question);
  expect(of('different')).toEqual([]);
  expect(of('alike').length).toBeGreaterThan(verdicts.length * 0.85);
  const [alike, refused, unjudged] = (['alike', 'refused', 'unjudged'] as const).map((kind) => of(kind).length);
  tell(
    `R3: of ${verdicts.length} rules (${what}) ${alike} alike, 0 different, ${refused} refused, ${unjudged} unjudged.`,
  );
}

function ask(all: readonly Question[]): string[] {
  return liveLines('rules.py', `${all.map(lineOf).join('\n')}\n`);
}

/** R3 of docs/reliability. */
describe('R3: random rules', () => {
  const kept = questions(SEED, IN_TABLE);

  if (isWriting) it('are written down', () => storeLines('rules', ask(kept)));

  it('occur when python-dateutil answered', () => {
    const stored = storedLines('rules');
    expect(stored).toHaveLength(IN_TABLE);
    expectAlike(
      kept.map((question, n) => judge(question, stored[n] ?? '')),
      'stored',
    );
  });

  if (isLive) {
    it('occur when python-dateutil answers now', () => {
      const seed = randomInt(2 ** 31);
      const fresh = questions(seed, IN_TABLE);
      const theirs = ask(fresh);
      expectAlike(
        fresh.map((question, n) => judge(question, theirs[n] ?? '')),
        `seed ${seed}`,
      );
    }, 600_000);
  }
});
