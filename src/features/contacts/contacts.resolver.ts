import { Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../platform/auth/actor.js';
import { Caller, Needs } from '../../platform/auth/needs.js';
import { ArgInput, graphqlOf } from '../../platform/resources/graphql-face.js';
import { Contact } from './contact.entity.js';
import { CreateContactInput, ImportLinkedInInput, UpdateContactInput } from './contact.inputs.js';
import { ContactsService } from './contacts.service.js';
import { ImportReport } from './imports/import-report.js';
import { LinkedInImportService } from './imports/linkedin-import.service.js';
import { Interaction } from './interactions/interaction.entity.js';
import { CreateInteractionInput, UpdateInteractionInput } from './interactions/interaction.inputs.js';
import { InteractionsService } from './interactions/interactions.service.js';

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

  @Mutation(() => ImportReport, {
    description: "Import LinkedIn's Connections.csv; the same file again does nothing. Scope: `contacts:write`.",
  })
  @Needs('contacts:write')
  importLinkedIn(
    @Caller() actor: Actor,
    @ArgInput(ImportLinkedInInput) input: ImportLinkedInInput,
  ): Promise<ImportReport> {
    return this.linkedIn.import(actor, input.csv);
  }
}

@Resolver(() => Interaction)
export class InteractionsResolver extends graphqlOf(Interaction, {
  create: CreateInteractionInput,
  update: UpdateInteractionInput,
  remove: true,
  scope: 'contacts',
}) {
  constructor(interactions: InteractionsService) {
    super(interactions);
  }
}
