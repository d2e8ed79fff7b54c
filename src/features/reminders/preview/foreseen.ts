import { merged } from '../merged.js';
import type { QuietCalendar } from '../ring-times.js';
import type { ForeseenEvent } from './preview.shapes.js';
import type { WakingRing } from './preview.sql.js';
import { toldOf } from './told.js';

/** The period of a preview, [from, to), and the current time. */
interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  readonly most: number;
}

/** The first events, up to a limit, that the scheduler will send for these rings and those that follow them. */
export function foreseen(
  rings: readonly WakingRing[],
  calendar: QuietCalendar,
  { from, to, now, most }: Span,
): Promise<ForeseenEvent[]> {
  const sources = rings.map((ring) => ({
    notBefore: ring.wakesAt,
    items: notBefore(from, toldOf(ring, calendar, { from, to, now })),
  }));
  return merged(sources, { at: ({ at }) => at, to, most });
}

function* notBefore(from: Date, events: Iterable<ForeseenEvent>): Generator<ForeseenEvent, void> {
  for (const event of events) if (event.at >= from) yield event;
}
