import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import { CreatesFromText } from '../../platform/resources/answers.js';
import { restOf } from '../../platform/resources/rest-face.js';
import { TextBodyPipe } from '../../platform/http/text-body.pipe.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, UpdateContactInput } from './contact.inputs.js';
import { ContactsService } from './contacts.service.js';
import { ImportReport } from './imports/import-report.js';
import { LinkedInImportService } from './imports/linkedin-import.service.js';

@ApiTags('Contacts')
@Controller('v1/contacts')
export class ContactsController extends restOf(Contact, {
  create: CreateContactInput,
  update: UpdateContactInput,
  remove: true,
}) {
  constructor(contacts: ContactsService) {
    super(contacts);
  }
}

@ApiTags('Contacts')
@Controller('v1/imports')
export class ImportsController {
  constructor(private readonly linkedIn: LinkedInImportService) {}

  @CreatesFromText(ImportReport, 'text/csv', {
    path: 'linkedin',
    needs: 'contacts:write',
    operation: 'importLinkedIn',
    summary: "Import LinkedIn's Connections.csv; importing the same file again changes nothing.",
  })
  import(@Caller() actor: Actor, @Body(TextBodyPipe) csv: string): Promise<ImportReport> {
    return this.linkedIn.import(actor, csv);
  }
}
