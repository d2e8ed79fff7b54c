import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import { ArgInput, MakesShape } from '../../../platform/resources/graphql-answers.js';
import { ContactDuplicates, DismissDuplicateInput, DismissedDuplicate } from './duplicate.shapes.js';
import { DuplicatesService } from './duplicates.service.js';

const FIRST = 'The largest number of pairs to return: 1 to 100, default 50.';
const AFTER = 'The `endCursor` of the page before.';

@Resolver()
export class DuplicatesResolver {
  constructor(private readonly duplicates: DuplicatesService) {}

  @Query(() => ContactDuplicates, {
    name: 'contactDuplicates',
    description:
      'List contacts who may be one person, in pairs, the surest first, with what they share. Scope: `contacts:read`.',
  })
  @Needs('contacts:read')
  page(
    @Caller() actor: Actor,
    @Args('first', { type: () => Int, nullable: true, description: FIRST }) first: number | null,
    @Args('after', { type: () => String, nullable: true, description: AFTER }) after: string | null,
  ): Promise<ContactDuplicates> {
    return this.duplicates.page(actor, { first, after });
  }

  @MakesShape(DismissedDuplicate, {
    name: 'dismissDuplicate',
    needs: 'contacts:write',
    description: 'Remember that two contacts are two people: they are not listed as duplicates again.',
  })
  dismiss(
    @Caller() actor: Actor,
    @ArgInput(DismissDuplicateInput) input: DismissDuplicateInput,
  ): Promise<DismissedDuplicate> {
    return this.duplicates.dismiss(actor, input);
  }
}
