import { cutText } from '../../kit/cut-text.js';
import { addPeriod } from '../../kit/periods.js';
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
  alarms: (dueAt, timeZone) => [0, lastHour(dueAt, timeZone)],
});

export function roundTitle({ company }: Pick<Interview, 'company'>): string {
  return cutText(`Interview with ${company}: prepare`, 200);
}

/** In calendars, the ring lasts until one hour before its round. */
function lastHour(dueAt: Date, timeZone: string): number {
  return (addPeriod(dueAt, LEAD, timeZone).getTime() - dueAt.getTime()) / 1_000 - HOUR_S;
}
