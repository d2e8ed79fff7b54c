import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { CreatesShape } from '../../../platform/resources/answers.js';
import { CatchUpService } from './catch-up.service.js';
import { CatchUpInput, CaughtUp } from './catch-up.shapes.js';

@ApiTags('Contacts')
@Controller('v1/contacts/catch-up')
export class CatchUpController {
  constructor(private readonly catching: CatchUpService) {}

  @CreatesShape(CaughtUp, CatchUpInput, {
    needs: 'contacts:write',
    operation: 'catchUp',
    summary: 'Log that you have caught up with up to 100 contacts, each by themselves.',
  })
  catchUp(@Caller() actor: Actor, @Body() input: CatchUpInput): Promise<CaughtUp> {
    return this.catching.catchUp(actor, input);
  }
}
