import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { CreatesShape, ReadsShape } from '../../../platform/resources/answers.js';
import { ContactDuplicates, DismissDuplicateInput, DismissedDuplicate, MOST_PAIRS } from './duplicate.shapes.js';
import { DuplicatesService } from './duplicates.service.js';

const FIRST = { name: 'first', description: 'The largest number of pairs to return; default 50.', most: MOST_PAIRS };
const AFTER = { name: 'after', description: 'The `endCursor` of the page before.' };

@ApiTags('Contacts')
@Controller('v1/contacts/duplicates')
export class DuplicatesController {
  constructor(private readonly duplicates: DuplicatesService) {}

  @ReadsShape(ContactDuplicates, [FIRST, AFTER], {
    needs: 'contacts:read',
    operation: 'listContactDuplicates',
    summary: 'List contacts who may be one person, in pairs, the surest first, with what they share.',
  })
  page(@Caller() actor: Actor, @Query() query: Record<string, unknown>): Promise<ContactDuplicates> {
    return this.duplicates.page(actor, query);
  }

  @CreatesShape(DismissedDuplicate, DismissDuplicateInput, {
    path: 'dismissal',
    needs: 'contacts:write',
    operation: 'dismissDuplicate',
    summary: 'Remember that two contacts are two people: they are not listed as duplicates again.',
  })
  dismiss(@Caller() actor: Actor, @Body() input: DismissDuplicateInput): Promise<DismissedDuplicate> {
    return this.duplicates.dismiss(actor, input);
  }
}
