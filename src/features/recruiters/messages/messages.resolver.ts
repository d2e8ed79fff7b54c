import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, ArgInput, Makes, Mutates, Removes } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { Message } from './message.entity.js';
import { ReceiveMessageInput } from './message.inputs.js';
import { MessagesService } from './messages.service.js';
import { Receiving } from './receiving.service.js';

const needs = 'recruiters:write';

@Resolver(() => Message)
export class MessagesResolver extends graphqlOf(Message, { scope: 'recruiters' }) {
  constructor(
    private readonly messages: MessagesService,
    private readonly receiving: Receiving,
  ) {
    super(messages);
  }

  @Makes(Message, {
    name: 'receiveMessage',
    needs,
    description: 'Take in a message: its parts, or a whole mail. The same one again returns the first.',
  })
  receive(
    @Caller() actor: Actor,
    @ArgInput(ReceiveMessageInput) input: ReceiveMessageInput,
    @SelectedObject(Message) view: ObjectView,
  ): Promise<JsonText> {
    return this.receiving.receive(actor, input, view);
  }

  @Mutates(Message, {
    name: 'makeSenderRecruiter',
    needs,
    description: 'Make the sender of a message a recruiter: the contact who sent it, or a new one.',
  })
  makeRecruiter(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @SelectedObject(Message) view: ObjectView,
  ): Promise<JsonText> {
    return this.messages.makeRecruiter(actor, id, view);
  }

  @Removes(Message, { name: 'deleteMessage', needs, description: 'Delete a message. Returns its id.' })
  delete(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
    return this.messages.remove(actor, id).then(() => id);
  }
}
