import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { ArgInput, MakesShape } from '../../../platform/resources/graphql-answers.js';
import { CatchUpService } from './catch-up.service.js';
import { CatchUpInput, CaughtUp } from './catch-up.shapes.js';

@Resolver()
export class CatchUpResolver {
  constructor(private readonly catching: CatchUpService) {}

  @MakesShape(CaughtUp, {
    name: 'catchUp',
    needs: 'contacts:write',
    description: 'Log that you have caught up with up to 100 contacts, each by themselves.',
  })
  catchUp(@Caller() actor: Actor, @ArgInput(CatchUpInput) input: CatchUpInput): Promise<CaughtUp> {
    return this.catching.catchUp(actor, input);
  }
}
