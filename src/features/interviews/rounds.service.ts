import { Injectable } from '@nestjs/common';
import { addPeriod } from '../../kit/periods.js';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import type { EventType } from '../../platform/contract/catalogue.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { KeeperService } from '../reminders/keeping/keeper.service.js';
import type { Plan } from '../reminders/keeping/keeper.service.js';
import { Interview } from './interview.entity.js';
import type { CreateRoundInput, UpdateRoundInput } from './interview.inputs.js';
import { Round } from './round.entity.js';
import { roundEvents } from './round.events.js';
import { LEAD, ROUND_UPCOMING, roundTitle } from './round.kinds.js';

/** The rounds of interviews, each with a reminder before it. */
@Injectable()
export class RoundsService extends ResourceService<CreateRoundInput, UpdateRoundInput> {
  constructor(
    database: Database,
    private readonly keeper: KeeperService,
    private readonly clock: Clock,
  ) {
    super(database, Round, roundEvents);
  }

  override async create(actor: Actor, input: CreateRoundInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const id = newId();
      const interview = await tx.linked(Interview, input.interviewId, '/interviewId');
      const timeZone = input.timeZone ?? actor.calendar.timeZone;
      const { json } = await tx.apply(inserted(Round, { ...input, id, timeZone }, roundEvents.created), view);
      const { startsAt, status = 'scheduled' } = input;
      await this.ringBefore(tx, interview, { id, startsAt, timeZone, status }, { moved: true });
      return json;
    });
  }

  override async update(actor: Actor, id: string, input: UpdateRoundInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const before = await tx.find(Round, id);
      const interview = await tx.find(Interview, before.interviewId);
      const { startsAt = before.startsAt, timeZone = before.timeZone, status = before.status } = input;
      const { json } = await tx.apply(updated(Round, id, input, eventOf(before, { startsAt, status })), view);
      const moved = startsAt.getTime() !== before.startsAt.getTime();
      await this.ringBefore(tx, interview, { id, startsAt, timeZone, status }, { moved });
      return json;
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.find(Round, id);
      return this.removeIn(tx, id);
    });
  }

  /** Inside the transaction that deletes the interview. */
  async removeIn(tx: Tx, id: string): Promise<JsonText> {
    await this.keeper.drop(tx, ROUND_UPCOMING, id);
    return (await tx.apply(removed(Round, id, roundEvents.deleted))).json;
  }

  /** Inside the write of the interview: its bells are called after it, and go when it has ended. */
  async followIn(tx: Tx, interview: Interview): Promise<void> {
    for (const round of await tx.select(Round, { interviewId: interview.id }))
      await this.ringBefore(tx, interview, round, { moved: false });
  }

  /** What is over has no bell: nothing rings for a round that is entered or moved to where it was. */
  private async ringBefore(
    tx: Tx,
    interview: Interview,
    round: Pick<Round, 'id' | 'startsAt' | 'timeZone' | 'status'>,
    { moved }: { readonly moved: boolean },
  ): Promise<void> {
    const { id, startsAt, status } = round;
    const past = startsAt <= this.clock.now();
    if (status !== 'scheduled' || interview.stage === 'ended' || (past && moved))
      return this.keeper.drop(tx, ROUND_UPCOMING, id);
    if (!past) await this.keeper.keep(tx, ROUND_UPCOMING, id, planOf(interview, round));
  }

  /** Brings a broken bell to what the round says; what is over, or gone, has none. */
  async mend(tx: Tx, id: string): Promise<void> {
    const [round] = await tx.select(Round, { id });
    const [interview] = round ? await tx.select(Interview, { id: round.interviewId }) : [];
    const rings = round?.status === 'scheduled' && interview && interview.stage !== 'ended';
    await this.keeper.mend(tx, ROUND_UPCOMING, id, rings ? planOf(interview, round) : null);
  }
}

function planOf(interview: Interview, { startsAt, timeZone }: Pick<Round, 'startsAt' | 'timeZone'>): Plan {
  const dueAt = addPeriod(startsAt, LEAD, timeZone, -1);
  return { title: roundTitle(interview), dueAt, basis: `round at ${startsAt.toISOString()}` };
}

function eventOf(before: Round, after: Pick<Round, 'startsAt' | 'status'>): EventType {
  if (after.status !== before.status) {
    if (after.status === 'done') return roundEvents.completed;
    if (after.status === 'cancelled') return roundEvents.cancelled;
    if (after.status === 'no_show') return roundEvents.noShow;
  }
  return after.startsAt.getTime() === before.startsAt.getTime() ? roundEvents.updated : roundEvents.rescheduled;
}
