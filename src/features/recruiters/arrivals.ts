import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Message } from './messages/message.entity.js';
import { MessagesService } from './messages/messages.service.js';
import { CheckBacksService } from './promises/check-backs.service.js';

/** The evidence quotes nothing: it would outlast the message. */
const EVIDENCE: Readonly<Record<Message['channel'], string>> = {
  email: 'They wrote an e-mail.',
  linkedin: 'They wrote on LinkedIn.',
  other: 'They wrote.',
};

/** Whoever writes has come back: a message of a recruiter settles what is expected of them and of their colleagues. */
@Injectable()
export class Arrivals implements OnModuleInit {
  constructor(
    private readonly messages: MessagesService,
    private readonly checkBacks: CheckBacksService,
  ) {}

  onModuleInit(): void {
    this.messages.whenReceived(async (tx, { channel, receivedAt }, recruiter) => {
      await this.checkBacks.returned(tx, recruiter.id, receivedAt, EVIDENCE[channel]);
    });
  }
}
