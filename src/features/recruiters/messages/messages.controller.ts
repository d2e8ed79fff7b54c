import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Acts, Deletes, PathId, TakesIn } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { IncomingPipe } from './incoming.pipe.js';
import { Message } from './message.entity.js';
import { ReceiveMessageInput } from './message.inputs.js';
import { MessagesService } from './messages.service.js';
import { Receiving } from './receiving.service.js';
import type { WholeMail } from './receiving.service.js';

const needs = 'recruiters:write';

@ApiTags('Messages')
@Controller('v1/messages')
export class MessagesController extends restOf(Message, { scope: 'recruiters' }) {
  constructor(private readonly messages: MessagesService) {
    super(messages);
  }

  @Acts(Message, null, {
    path: ':id/recruiter',
    needs,
    operation: 'makeSenderRecruiter',
    summary: 'Make the sender of a message a recruiter: the contact who sent it, or a new one.',
  })
  makeRecruiter(
    @Caller() actor: Actor,
    @PathId() id: string,
    @SeenObject(Message) view: ObjectView,
  ): Promise<JsonText> {
    return this.messages.makeRecruiter(actor, id, view);
  }

  @Deletes(Message, { path: ':id', needs, operation: 'deleteMessage', summary: 'Delete a message.' })
  delete(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.messages.remove(actor, id).then(() => undefined);
  }
}

@ApiTags('Messages')
@Controller('v1/inbound/messages')
export class InboundMessagesController {
  constructor(private readonly receiving: Receiving) {}

  @TakesIn(Message, ReceiveMessageInput, 'message/rfc822', {
    needs,
    operation: 'receiveMessage',
    summary: 'Take in a message: its parts as JSON, or a mail as it is (RFC 5322), at most 8 MB.',
  })
  receive(
    @Caller() actor: Actor,
    @Body(new IncomingPipe()) given: Readonly<ReceiveMessageInput> | WholeMail,
    @SeenObject(Message) view: ObjectView,
  ): Promise<JsonText> {
    return this.receiving.receive(actor, given, view);
  }
}
