import { later } from '../foreseeing/followers.js';
import type { PlansAhead } from '../foreseeing/plans-ahead.service.js';
import { merged } from '../foreseeing/merged.js';
import type { Source } from '../foreseeing/merged.js';
import type { QuietCalendar } from '../timing/ring-times.js';
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

/** When a ring is there. */
interface Stretch {
  readonly since: Date;
  readonly until: Date;
}

/** The first events, up to a limit, that the scheduler will send for these rings, those that follow them, and those of plans ahead. */
export function foreseen(
  rings: readonly WakingRing[],
  ahead: PlansAhead,
  calendar: QuietCalendar,
  { from, to, now, most }: Span,
): Promise<ForeseenEvent[]> {
  const source = (ring: WakingRing, { since, until }: Stretch): Source<ForeseenEvent> => ({
    notBefore: later(ring.wakesAt, since),
    items: within(
      { from, until },
      toldOf(ring, calendar, { from, to: until, now: since, listable: listableBy(ring, ahead) }),
    ),
  });
  const until = (end: Date | null | undefined): Date => (end && end < to ? end : to);
  const sources = [
    ...rings.map((ring) => source(ring, { since: now, until: until(ahead.ends.get(ring.reminderId)) })),
    ...ahead.rings.map((ring) => source({ ...SCHEDULED, ...ring }, { since: ring.since, until: until(ring.until) })),
  ];
  return merged(sources, { at: ({ at }) => at, to, most });
}

/** A ring of a plan ahead is scheduled when its plan begins. */
const SCHEDULED = {
  occurrenceId: null,
  state: 'scheduled',
  putsOff: null,
  nextRingsAt: null,
  listsFrom: null,
} as const;

function listableBy({ listsFrom }: WakingRing, { listable }: PlansAhead): PlansAhead['listable'] {
  return listsFrom ? [{ since: null, until: null, ringsAt: listsFrom }, ...listable] : listable;
}

/** Events come in order of time. */
function* within(
  { from, until }: { readonly from: Date; readonly until: Date },
  events: Iterable<ForeseenEvent>,
): Generator<ForeseenEvent, void> {
  for (const event of events) {
    if (event.at >= until) return;
    if (event.at >= from) yield event;
  }
}
