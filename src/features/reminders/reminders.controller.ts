import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Acts, PathId } from '../../platform/resources/answers.js';
import { restOf } from '../../platform/resources/rest-face.js';
import { SeenObject } from '../../platform/resources/rest-view.js';
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

@ApiTags('Reminders')
@Controller('v1/reminders')
export class RemindersController extends restOf(Reminder, offered) {
  constructor(
    reminders: RemindersService,
    private readonly answers: AnswersService,
    private readonly pauses: PausesService,
  ) {
    super(reminders);
  }

  @Acts(Reminder, CompleteReminderInput, {
    path: ':id/completion',
    needs,
    operation: 'completeReminder',
    summary: 'Say that it is done.',
  })
  complete(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: CompleteReminderInput,
    @SeenObject(Reminder) view: ObjectView,
  ): Promise<JsonText> {
    return this.answers.complete(actor, id, input, view);
  }

  @Acts(Reminder, SnoozeReminderInput, {
    path: ':id/snooze',
    needs,
    operation: 'snoozeReminder',
    summary: 'Put it off.',
  })
  snooze(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: SnoozeReminderInput,
    @SeenObject(Reminder) view: ObjectView,
  ): Promise<JsonText> {
    return this.answers.snooze(actor, id, input, view);
  }

  @Acts(Reminder, null, {
    path: ':id/skip',
    needs,
    operation: 'skipReminder',
    summary: 'Skip the next ring of a repeating reminder.',
  })
  skip(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.answers.skip(actor, id, view);
  }

  @Acts(Reminder, null, {
    path: ':id/pause',
    needs,
    operation: 'pauseReminder',
    summary: 'Pause it: it does not ring until it is resumed.',
  })
  pause(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.pauses.pause(actor, id, view);
  }

  @Acts(Reminder, null, {
    path: ':id/resumption',
    needs,
    operation: 'resumeReminder',
    summary: 'Resume it: a repeating reminder continues with its next time, and one that is due once rings.',
  })
  resume(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.pauses.resume(actor, id, view);
  }

  @Acts(Reminder, null, { path: ':id/dismissal', needs, operation: 'dismissReminder', summary: 'Wave this ring away.' })
  dismiss(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Reminder) view: ObjectView): Promise<JsonText> {
    return this.answers.dismiss(actor, id, view);
  }
}
