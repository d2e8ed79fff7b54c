import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { addPeriod } from '../../kit/periods.js';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { Problem } from '../../platform/errors/problem.js';
import type { EventType } from '../../platform/contract/catalogue.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { KeeperService } from '../reminders/keeper.service.js';
import { Kinds } from '../reminders/kinds.service.js';
import { Interview } from './interview.entity.js';
import { roundEvents } from './interview.events.js';
import type { CreateRoundInput, UpdateRoundInput } from './interview.inputs.js';
import { Round } from './round.entity.js';

const ROUND_UPCOMING = 'round_upcoming';
/** The reminder rings one day before, to leave time for preparation. */
const LEAD = 'P1D';

/** The rounds of interviews, each with a reminder before it. */
@Injectable()
export class RoundsService extends ResourceService<CreateRoundInput, UpdateRoundInput> implements OnModuleInit {
  constructor(
    database: Database,
    private readonly keeper: KeeperService,
    private readonly kinds: Kinds,
    private readonly wakeups: Wakeups,
  ) {
    super(database, Round, roundEvents);
  }

  onModuleInit(): void {
    this.kinds.allowSubject('round', Round);
    this.kinds.teach({ name: ROUND_UPCOMING, subject: Round });
  }

  override async create(actor: Actor, input: CreateRoundInput, view: ObjectView): Promise<JsonText> {
    const made = await this.database.write(actor, async (tx) => {
      const id = newId();
      const interview = await this.interviewOf(tx, input.interviewId);
      const timeZone = input.timeZone ?? actor.calendar.timeZone;
      const { json } = await tx.apply(inserted(Round, { ...input, id, timeZone }, roundEvents.created), view);
      await this.ringBefore(tx, interview, { id, startsAt: input.startsAt, timeZone, status: 'scheduled' });
      return json;
    });
    this.wakeups.signal('reminders', actor);
    return made;
  }

  override async update(actor: Actor, id: string, input: UpdateRoundInput, view: ObjectView): Promise<JsonText> {
    const changed = await this.database.write(actor, async (tx) => {
      const before = await tx.find(Round, id);
      const interview = await this.interviewOf(tx, before.interviewId);
      const { startsAt = before.startsAt, timeZone = before.timeZone, status = before.status } = input;
      const { json } = await tx.apply(updated(Round, id, input, eventOf(before, { startsAt, status })), view);
      await this.ringBefore(tx, interview, { id, startsAt, timeZone, status });
      return json;
    });
    this.wakeups.signal('reminders', actor);
    return changed;
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

  private async ringBefore(
    tx: Tx,
    interview: Interview,
    round: Pick<Round, 'id' | 'startsAt' | 'timeZone' | 'status'>,
  ): Promise<void> {
    const { id, startsAt, timeZone, status } = round;
    if (status !== 'scheduled') return this.keeper.drop(tx, ROUND_UPCOMING, id);
    const dueAt = addPeriod(startsAt, LEAD, timeZone, -1);
    const title = `Interview with ${interview.company}: prepare`.slice(0, 200);
    await this.keeper.keep(tx, { kind: ROUND_UPCOMING, subjectType: 'round', subjectId: id, title, dueAt });
  }

  private async interviewOf(tx: Tx, id: string): Promise<Interview> {
    const [found] = await tx.select(Interview, { id });
    if (found) return found;
    const detail = `There is no interview ${id} in this account.`;
    throw new Problem('unknown_reference', detail, [{ pointer: '/interviewId', code: 'unknownReference', detail }]);
  }
}

function eventOf(before: Round, after: Pick<Round, 'startsAt' | 'status'>): EventType {
  if (after.status !== before.status) {
    if (after.status === 'done') return roundEvents.completed;
    if (after.status === 'cancelled') return roundEvents.cancelled;
    if (after.status === 'no_show') return roundEvents.noShow;
  }
  return after.startsAt.getTime() === before.startsAt.getTime() ? roundEvents.updated : roundEvents.rescheduled;
}
