import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { inserted, merged, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { defaultExit, guardExit } from './exit-guard.js';
import { Interview } from './interview.entity.js';
import { interviewEvents } from './interview.events.js';
import type { CreateInterviewInput, UpdateInterviewInput } from './interview.inputs.js';
import { Round } from './round.entity.js';
import { RoundsService } from './rounds.service.js';

/** Interview processes; practice interviews stop at their exit point. */
@Injectable()
export class InterviewsService extends ResourceService<CreateInterviewInput, UpdateInterviewInput> {
  constructor(
    database: Database,
    private readonly rounds: RoundsService,
  ) {
    super(database, Interview, interviewEvents);
  }

  override async create(actor: Actor, input: CreateInterviewInput, view: ObjectView): Promise<JsonText> {
    const exitBefore = input.exitBefore ?? defaultExit(input.intent);
    guardExit({ intent: input.intent, exitBefore }, input.stage ?? 'screening', false);
    return (
      await this.database.apply(
        actor,
        inserted(Interview, { ...input, id: newId(), exitBefore }, interviewEvents.created),
        view,
      )
    ).json;
  }

  override async update(actor: Actor, id: string, input: UpdateInterviewInput, view: ObjectView): Promise<JsonText> {
    const { confirm = false, ...values } = input;
    return this.database.write(actor, async (tx) => {
      const before = await tx.find(Interview, id);
      const { intent = before.intent, exitBefore = before.exitBefore, stage = before.stage } = values;
      if (stage !== before.stage) guardExit({ intent, exitBefore }, stage, confirm);
      const event = stage === before.stage ? interviewEvents.updated : interviewEvents.stageChanged;
      const { json } = await tx.apply(updated(Interview, id, values, event), view);
      const after = merged(before, values);
      if (after.stage !== before.stage || after.company !== before.company) await this.rounds.followIn(tx, after);
      return json;
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      await tx.find(Interview, id);
      for (const round of await tx.select(Round, { interviewId: id })) await this.rounds.removeIn(tx, round.id);
      return (await tx.apply(removed(Interview, id, interviewEvents.deleted))).json;
    });
  }
}
