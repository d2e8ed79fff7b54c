import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { ReadsShape } from '../../../platform/resources/answers.js';
import { Introductions, WANTED } from './introduction.shapes.js';
import { IntroductionsService } from './introductions.service.js';

const CONTACT = { name: 'contactId', description: WANTED.contactId, format: 'uuid' } as const;
const COMPANY = { name: 'company', description: WANTED.company } as const;

@ApiTags('Contacts')
@Controller('v1/introductions')
export class IntroductionsController {
  constructor(private readonly introductions: IntroductionsService) {}

  @ReadsShape(Introductions, [CONTACT, COMPANY], {
    needs: 'contacts:read',
    operation: 'getIntroductions',
    summary: 'Show who can introduce you to a contact, or to somebody at a company.',
  })
  find(@Caller() actor: Actor, @Query() query: Record<string, unknown>): Promise<Introductions> {
    return this.introductions.find(actor, query);
  }
}
