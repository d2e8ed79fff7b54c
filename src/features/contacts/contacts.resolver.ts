import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import { ArgInput, MakesShape } from '../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, ImportLinkedInInput, UpdateContactInput } from './contact.inputs.js';
import { ContactsService } from './contacts.service.js';
import { ImportReport } from './imports/import-report.js';
import { LinkedInImportService } from './imports/linkedin-import.service.js';

@Resolver(() => Contact)
export class ContactsResolver extends graphqlOf(Contact, {
  create: CreateContactInput,
  update: UpdateContactInput,
  remove: true,
}) {
  constructor(
    contacts: ContactsService,
    private readonly linkedIn: LinkedInImportService,
  ) {
    super(contacts);
  }

  @MakesShape(ImportReport, {
    name: 'importLinkedIn',
    needs: 'contacts:write',
    description: "Import LinkedIn's Connections.csv; importing the same file again changes nothing.",
  })
  importLinkedIn(
    @Caller() actor: Actor,
    @ArgInput(ImportLinkedInInput) input: ImportLinkedInInput,
  ): Promise<ImportReport> {
    return this.linkedIn.import(actor, input.csv);
  }
}
