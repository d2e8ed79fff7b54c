import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { CreatesShape } from '../../../platform/resources/answers.js';
import { BulkEditsService } from './bulk-edits.service.js';
import { BulkEditContactsInput, BulkEditedContacts } from './bulk-edit.shapes.js';

@ApiTags('Contacts')
@Controller('v1/contacts/bulk-edit')
export class BulkEditsController {
  constructor(private readonly edits: BulkEditsService) {}

  @CreatesShape(BulkEditedContacts, BulkEditContactsInput, {
    needs: 'contacts:write',
    operation: 'bulkEditContacts',
    summary:
      'Change every contact that a filter finds, all of them or none. Without `expectCount` it only counts them.',
  })
  edit(@Caller() actor: Actor, @Body() input: BulkEditContactsInput): Promise<BulkEditedContacts> {
    return this.edits.edit(actor, input);
  }
}
