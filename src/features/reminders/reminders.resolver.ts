import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import { SelectedObject } from '../../platform/resources/selection.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ArgId, ArgInput, Mutates } from '../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { AnswersService } from './answering/answers.service.js';
import { PausesService } from './answering/pauses.service.js';
import { Reminder } from './reminder.entity.js';
import {
  CompleteReminderInput,
  CreateReminderInput,
  SnoozeReminderInput,
  UpdateReminderInput,
} from './reminder.inputs.js';
import { RemindersService } from './reminders.service.js';

const offered = { create: CreateReminderInput, update: UpdateReminderInput, remove: true };
const needs = 'reminders:write';

@Resolver(() => Reminder)
export class RemindersResolver extends graphqlOf(Reminder, offered) {
  constructor(
    reminders: RemindersService,
    private readonly answers: AnswersService,
    private readonly pauses: PausesService,
  ) {
    super(reminders);
  }

  @Mutates(Reminder, { name: 'completeReminder', needs, description: 'Say that it is done.' })
  complete(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(CompleteReminderInput, { optional: true }) input: CompleteReminderInput,
    @SelectedObject(Reminder) view: ObjectView,
  ): Promise<JsonText> {
    return this.answers.complete(actor, id, input, view);
  }

  @Mutates(Reminder, { name: 'snoozeReminder', needs, description: 'Put it off.' })
  snooze(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @ArgInput(SnoozeReminderInput) input: SnoozeReminderInput,
    @SelectedObject(Reminder) view: ObjectView,
  ): Promise<JsonText> {
    return this.answers.snooze(actor, id, input, view);
  }

  @Mutates(Reminder, {
    name: 'skipReminder',
    needs,
    description: 'Skip the next ring of a repeating reminder.',
  })
  skip(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.answers.skip(actor, id, view);
  }

  @Mutates(Reminder, {
    name: 'pauseReminder',
    needs,
    description: 'Pause it: it does not ring until it is resumed.',
  })
  pause(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.pauses.pause(actor, id, view);
  }

  @Mutates(Reminder, {
    name: 'resumeReminder',
    needs,
    description: 'Resume it: a repeating reminder continues with its next time, and one that is due once rings.',
  })
  resume(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.pauses.resume(actor, id, view);
  }

  @Mutates(Reminder, { name: 'dismissReminder', needs, description: 'Wave this ring away.' })
  dismiss(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.answers.dismiss(actor, id, view);
  }
}
