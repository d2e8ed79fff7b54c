import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, ArgInput, Makes, Mutates } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { Import } from './import.entity.js';
import {
  ImportCsvInput,
  ImportLinkedInInput,
  ImportLinkedInMessagesInput,
  ImportTableInput,
  ImportVcardsInput,
  ProposeMappingInput,
} from './import.inputs.js';
import { fileIn, proposalIn } from './import-text.js';
import { TableProposal } from './proposal.shapes.js';
import { ImportsService } from './imports.service.js';

const needs = 'contacts:write';

@Resolver(() => Import)
export class ImportsResolver extends graphqlOf(Import, { scope: 'contacts' }) {
  constructor(private readonly imports: ImportsService) {
    super(imports);
  }

  @Makes(Import, {
    name: 'importLinkedIn',
    needs,
    description: "Import LinkedIn's Connections.csv in the background; the same file again changes nothing.",
  })
  linkedIn(
    @Caller() actor: Actor,
    @ArgInput(ImportLinkedInInput) input: ImportLinkedInInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'linkedin', fileIn(input.csv, input), input, view);
  }

  @Makes(Import, {
    name: 'importGoogle',
    needs,
    description: 'Import the CSV file of Google Contacts in the background; the same file again changes nothing.',
  })
  google(
    @Caller() actor: Actor,
    @ArgInput(ImportTableInput) input: ImportTableInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'google', fileIn(input.csv, input), input, view);
  }

  @Makes(Import, {
    name: 'importOutlook',
    needs,
    description: 'Import a CSV file of Outlook in the background; the same file again changes nothing.',
  })
  outlook(
    @Caller() actor: Actor,
    @ArgInput(ImportTableInput) input: ImportTableInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'outlook', fileIn(input.csv, input), input, view);
  }

  @Makes(Import, {
    name: 'importCsv',
    needs,
    description: 'Import any table of people in the background; the same file again changes nothing.',
  })
  csv(
    @Caller() actor: Actor,
    @ArgInput(ImportCsvInput) input: ImportCsvInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'csv', fileIn(input.csv, input), input, view);
  }

  @Makes(Import, {
    name: 'importVcards',
    needs,
    description: 'Import a file of vCards in the background; the same file again changes nothing.',
  })
  vcards(
    @Caller() actor: Actor,
    @ArgInput(ImportVcardsInput) input: ImportVcardsInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'vcard', fileIn(input.vcard, input, 'vcard'), input, view);
  }

  @Makes(Import, {
    name: 'importLinkedInMessages',
    needs,
    description: `Log LinkedIn's messages.csv as interactions with your contacts in the background; the same file again changes nothing.`,
  })
  linkedInMessages(
    @Caller() actor: Actor,
    @ArgInput(ImportLinkedInMessagesInput) input: ImportLinkedInMessagesInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'linkedin_messages', fileIn(input.csv, input), input, view);
  }

  @Query(() => TableProposal, {
    name: 'proposeMapping',
    description:
      'Show what the columns of a table would be taken for, and its first rows; nothing is kept. Scope: `contacts:read`.',
  })
  @Needs('contacts:read')
  propose(@ArgInput(ProposeMappingInput) input: ProposeMappingInput): Promise<TableProposal> {
    return proposalIn(fileIn(input.csv, input), input);
  }

  @Mutates(Import, { name: 'applyImport', needs, description: 'Apply a preview.' })
  apply(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Import) view: ObjectView): Promise<JsonText> {
    return this.imports.apply(actor, id, view);
  }

  @Mutates(Import, {
    name: 'revertImport',
    needs,
    description: 'Delete the contacts that an import added, but for those changed since.',
  })
  revert(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(Import) view: ObjectView): Promise<JsonText> {
    return this.imports.revert(actor, id, view);
  }
}
