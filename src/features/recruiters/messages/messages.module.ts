import { Module } from '@nestjs/common';
import './message.belongings.js';
import { InboundMessagesController, MessagesController } from './messages.controller.js';
import './messages.relations.js';
import { MessagesResolver } from './messages.resolver.js';
import { MessagesService } from './messages.service.js';
import { MailReader } from './reading/mail-reader.js';
import { Receiving } from './receiving.service.js';

@Module({
  controllers: [MessagesController, InboundMessagesController],
  providers: [MessagesService, MessagesResolver, Receiving, MailReader],
  exports: [MessagesService],
})
export class MessagesModule {}
