import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../../platform/actor/actor.js';
import { Caller } from '../../../../platform/auth/needs.js';
import { ArgInput, MakesShape } from '../../../../platform/resources/graphql-answers.js';
import { WrapUp, WrapUpEncounterInput } from './wrap-up.shapes.js';
import { WrapUpService } from './wrap-up.service.js';

@Resolver()
export class WrapUpResolver {
  constructor(private readonly wrapUps: WrapUpService) {}

  @MakesShape(WrapUp, {
    name: 'wrapUpEncounter',
    needs: 'contacts:write',
    description:
      'Log an encounter with everybody who was met: find or make the contacts, and be reminded to follow up.',
  })
  wrapUp(@Caller() actor: Actor, @ArgInput(WrapUpEncounterInput) input: WrapUpEncounterInput): Promise<WrapUp> {
    return this.wrapUps.wrapUp(actor, input);
  }
}
