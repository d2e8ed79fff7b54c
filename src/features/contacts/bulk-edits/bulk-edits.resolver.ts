import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { ArgInput, MakesShape } from '../../../platform/resources/graphql-answers.js';
import { BulkEditsService } from './bulk-edits.service.js';
import { BulkEditContactsInput, BulkEditedContacts } from './bulk-edit.shapes.js';

@Resolver()
export class BulkEditsResolver {
  constructor(private readonly edits: BulkEditsService) {}

  @MakesShape(BulkEditedContacts, {
    name: 'bulkEditContacts',
    needs: 'contacts:write',
    description:
      'Change every contact that a filter finds, all of them or none. Without `expectCount` it only counts them.',
  })
  edit(
    @Caller() actor: Actor,
    @ArgInput(BulkEditContactsInput) input: BulkEditContactsInput,
  ): Promise<BulkEditedContacts> {
    return this.edits.edit(actor, input);
  }
}
