import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { Introductions, WANTED } from './introduction.shapes.js';
import { IntroductionsService } from './introductions.service.js';

@Resolver()
export class IntroductionsResolver {
  constructor(private readonly introductions: IntroductionsService) {}

  @Query(() => Introductions, {
    name: 'introductions',
    description: 'Show who can introduce you to a contact, or to somebody at a company. Scope: `contacts:read`.',
  })
  @Needs('contacts:read')
  find(
    @Caller() actor: Actor,
    @Args('contactId', { type: () => ID, nullable: true, description: WANTED.contactId }) contactId: string | null,
    @Args('company', { type: () => String, nullable: true, description: WANTED.company }) company: string | null,
  ): Promise<Introductions> {
    return this.introductions.find(actor, { contactId, company });
  }
}
