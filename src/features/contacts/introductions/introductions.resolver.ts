import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { Introductions } from './introduction.shapes.js';
import { IntroductionsService } from './introductions.service.js';

const CONTACT = 'Whom you want to meet. Give either this or `company`.';
const COMPANY = 'Where you want to meet somebody. Legal form, case and accents do not matter.';

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
    @Args('contactId', { type: () => ID, nullable: true, description: CONTACT }) contactId: string | null,
    @Args('company', { type: () => String, nullable: true, description: COMPANY }) company: string | null,
  ): Promise<Introductions> {
    return this.introductions.find(actor, { contactId, company });
  }
}
