import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../platform/actor/actor.js';
import { Caller } from '../../../../platform/auth/needs.js';
import { CreatesShape } from '../../../../platform/resources/answers.js';
import { WrapUp, WrapUpEncounterInput } from './wrap-up.shapes.js';
import { WrapUpService } from './wrap-up.service.js';

@ApiTags('Encounters')
@Controller('v1/encounters/wrap-up')
export class WrapUpController {
  constructor(private readonly wrapUps: WrapUpService) {}

  @CreatesShape(WrapUp, WrapUpEncounterInput, {
    needs: 'contacts:write',
    operation: 'wrapUpEncounter',
    summary: 'Log an encounter with everybody who was met: find or make the contacts, and be reminded to follow up.',
  })
  wrapUp(@Caller() actor: Actor, @Body() input: WrapUpEncounterInput): Promise<WrapUp> {
    return this.wrapUps.wrapUp(actor, input);
  }
}
