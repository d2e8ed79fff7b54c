import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { JudgedArguments } from '../../../platform/resources/judged-arguments.js';
import type { GivenArguments } from '../../../platform/resources/judged-arguments.js';
import { PlansAheadService } from '../foreseeing/plans-ahead.service.js';
import { foreseen } from './foreseen.js';
import { MOST_FORESEEN } from './preview.shapes.js';
import type { ReminderPreview } from './preview.shapes.js';
import { wakingRings } from './preview.sql.js';
import type { WakingRing } from './preview.sql.js';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const MOST_DAYS = 366;

/** Shows which events will be sent, without sending them. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly plans: PlansAheadService,
  ) {}

  /** Default: the next 30 days. @throws Problem `invalid_input` for more than 366 days, or none. */
  async between(actor: Actor, given: GivenArguments): Promise<ReminderPreview> {
    const now = this.clock.now();
    const asked = new JudgedArguments(given, ['from', 'to']);
    const from = asked.instant('from') ?? now;
    const to = asked.instant('to') ?? new Date(from.getTime() + USUAL_DAYS * DAY_MS);
    const days = (to.getTime() - from.getTime()) / DAY_MS;
    if (days <= 0 || days > MOST_DAYS) asked.refuse('to', 'notWithin', `must be after from, at most ${MOST_DAYS} days`);
    asked.assertKept();
    const most = MOST_FORESEEN + 1;
    const ahead = await this.plans.until(actor, { now, to });
    const changed = [...ahead.ends.keys()];
    const rings = await this.database.read<WakingRing>(
      actor,
      wakingRings(actor.accountId, { from: from > now ? from : null, to, most, changed }),
    );
    const until = ahead.through && ahead.through < to ? ahead.through : to;
    const events = await foreseen(rings, ahead, actor.calendar, { from, to: until, now, most });
    const truncated = events.length > MOST_FORESEEN || rings.length === most || until < to;
    return { from, to, events: events.slice(0, MOST_FORESEEN), truncated };
  }
}
