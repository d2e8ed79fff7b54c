import { cutText } from '../../kit/cut-text.js';
import { addPeriod } from '../../kit/periods.js';
import { shortTime } from '../../kit/short-time.js';
import { sentenceCase, textOf, wordsOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import type { Happening } from '../../platform/contract/catalogue.js';
import { declareKind } from '../reminders/kinds.service.js';
import type { Interview } from './interview.entity.js';
import { Round } from './round.entity.js';

/** The reminder rings one day before, to leave time for preparation. */
export const LEAD = 'P1D';

const HOUR_S = 3_600;

export const ROUND_UPCOMING = declareKind({
  name: 'round_upcoming',
  subject: Round,
  lens: 'interviews',
  facts,
  alarms: (dueAt, timeZone) => [0, lastHour(dueAt, timeZone)],
});

export function roundTitle({ company }: Pick<Interview, 'company'>): string {
  return cutText(`Interview with ${company}: prepare`, 200);
}

/** In calendars, the ring lasts until one hour before its round. */
function lastHour(dueAt: Date, timeZone: string): number {
  return (addPeriod(dueAt, LEAD, timeZone).getTime() - dueAt.getTime()) / 1_000 - HOUR_S;
}

/** When the round begins, what it is, and where. */
function facts(round: Data, { timeZone }: Happening): string[] {
  const kind = `${sentenceCase(wordsOf(textOf(round, 'kind') ?? 'interview'))} round`;
  const place = textOf(round, 'place');
  return [
    `${kind} on ${shortTime(round.startsAt, timeZone)} (${timeZone})`,
    ...(place === null ? [] : [`Place: ${place}`]),
  ];
}
