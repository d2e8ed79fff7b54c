import { Body, Controller, Headers, Query } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { AcceptsFile, Acts, JudgesFile, PathId } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { FilePipe, ImportOptionsPipe } from './import-options.pipe.js';
import { Import } from './import.entity.js';
import {
  ColumnMapping,
  CsvOptions,
  FileOptions,
  ImportOptions,
  MessagesOptions,
  TableMapping,
  TableOptions,
  TableReading,
} from './import.inputs.js';
import { recipesOf } from '../../../platform/contract/recipes.js';
import { TableProposal } from './proposal.shapes.js';
import { proposalOf } from './reading/proposal.js';
import { ImportsService } from './imports.service.js';

const needs = 'contacts:write';
const CSV = 'text/csv';
const VCARD = 'text/vcard';
const PREVIEW = [
  {
    name: 'preview',
    required: false,
    description: 'Whether only to say what would happen.',
    schema: { type: 'boolean', default: false },
  },
] as const;
const DATED = [
  ...PREVIEW,
  {
    name: 'dateOrder',
    required: false,
    description: 'What 2/7/2022 means. Unset: what the column proves, else the language of the header.',
    schema: { type: 'string', enum: ['dayFirst', 'monthFirst'] },
  },
] as const;
const MESSAGES = [
  ...PREVIEW,
  {
    name: 'ownProfile',
    required: false,
    description: 'The address of your own LinkedIn profile. Unset: the profile that has part in most messages.',
    schema: { type: 'string' },
  },
] as const;
const mapped = (mapping: Type) => [
  ...DATED,
  ...[...recipesOf(mapping)].map(([name, { description }]) => ({
    name: `mapping[${name}]`,
    required: false,
    description,
    schema: { type: 'string' as const },
  })),
];
const READING = mapped(TableMapping).filter(({ name }) => name !== 'preview');
const AGAIN = 'in the background; the same file again changes nothing.';

@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController extends restOf(Import, { scope: 'contacts' }) {
  constructor(private readonly imports: ImportsService) {
    super(imports);
  }

  @AcceptsFile(Import, CSV, mapped(ColumnMapping), {
    path: 'linkedin',
    needs,
    operation: 'importLinkedIn',
    summary: `Import LinkedIn's Connections.csv ${AGAIN}`,
  })
  linkedIn(
    @Caller() actor: Actor,
    @Body(new FilePipe(CSV)) bytes: Buffer,
    @Headers('content-type') type: string,
    // Not the class itself, which the global pipe would check before the texts of the address are converted.
    @Query(new ImportOptionsPipe(ImportOptions)) options: Readonly<ImportOptions>,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'linkedin', { bytes, charset: charsetIn(type) }, options, wholeView(Import));
  }

  @AcceptsFile(Import, CSV, DATED, {
    path: 'google',
    needs,
    operation: 'importGoogle',
    summary: `Import the CSV file of Google Contacts ${AGAIN}`,
  })
  google(
    @Caller() actor: Actor,
    @Body(new FilePipe(CSV)) bytes: Buffer,
    @Headers('content-type') type: string,
    @Query(new ImportOptionsPipe(TableOptions)) options: Readonly<TableOptions>,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'google', { bytes, charset: charsetIn(type) }, options, wholeView(Import));
  }

  @AcceptsFile(Import, CSV, DATED, {
    path: 'outlook',
    needs,
    operation: 'importOutlook',
    summary: `Import a CSV file of Outlook ${AGAIN}`,
  })
  outlook(
    @Caller() actor: Actor,
    @Body(new FilePipe(CSV)) bytes: Buffer,
    @Headers('content-type') type: string,
    @Query(new ImportOptionsPipe(TableOptions)) options: Readonly<TableOptions>,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'outlook', { bytes, charset: charsetIn(type) }, options, wholeView(Import));
  }

  @AcceptsFile(Import, CSV, mapped(TableMapping), {
    path: 'csv',
    needs,
    operation: 'importCsv',
    summary: `Import any table of people ${AGAIN}`,
  })
  csv(
    @Caller() actor: Actor,
    @Body(new FilePipe(CSV)) bytes: Buffer,
    @Headers('content-type') type: string,
    @Query(new ImportOptionsPipe(CsvOptions)) options: Readonly<CsvOptions>,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'csv', { bytes, charset: charsetIn(type) }, options, wholeView(Import));
  }

  @AcceptsFile(Import, VCARD, PREVIEW, {
    path: 'vcard',
    needs,
    operation: 'importVcards',
    summary: `Import a file of vCards ${AGAIN}`,
  })
  vcards(
    @Caller() actor: Actor,
    @Body(new FilePipe(VCARD)) bytes: Buffer,
    @Headers('content-type') type: string,
    @Query(new ImportOptionsPipe(FileOptions)) options: Readonly<FileOptions>,
  ): Promise<JsonText> {
    return this.imports.receive(actor, 'vcard', { bytes, charset: charsetIn(type) }, options, wholeView(Import));
  }

  @JudgesFile(TableProposal, CSV, READING, {
    path: 'csv/proposal',
    needs: 'contacts:read',
    operation: 'proposeMapping',
    summary: 'Show what the columns of a table would be taken for, and its first rows; nothing is kept.',
  })
  propose(
    @Body(new FilePipe(CSV)) bytes: Buffer,
    @Headers('content-type') type: string,
    @Query(new ImportOptionsPipe(TableReading)) options: Readonly<TableReading>,
  ): Promise<TableProposal> {
    return proposalOf(bytes, { ...options, declared: charsetIn(type) });
  }

  @AcceptsFile(Import, CSV, MESSAGES, {
    path: 'linkedin-messages',
    needs,
    operation: 'importLinkedInMessages',
    summary: `Log LinkedIn's messages.csv as interactions with your contacts ${AGAIN}`,
  })
  linkedInMessages(
    @Caller() actor: Actor,
    @Body(new FilePipe(CSV)) bytes: Buffer,
    @Headers('content-type') type: string,
    @Query(new ImportOptionsPipe(MessagesOptions)) options: Readonly<MessagesOptions>,
  ): Promise<JsonText> {
    return this.imports.receive(
      actor,
      'linkedin_messages',
      { bytes, charset: charsetIn(type) },
      options,
      wholeView(Import),
    );
  }

  @Acts(Import, null, { path: ':id/application', needs, operation: 'applyImport', summary: 'Apply a preview.' })
  apply(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Import) view: ObjectView): Promise<JsonText> {
    return this.imports.apply(actor, id, view);
  }

  @Acts(Import, null, {
    path: ':id/reversal',
    needs,
    operation: 'revertImport',
    summary: 'Delete the contacts that an import added, but for those changed since.',
  })
  revert(@Caller() actor: Actor, @PathId() id: string, @SeenObject(Import) view: ObjectView): Promise<JsonText> {
    return this.imports.revert(actor, id, view);
  }
}

/** The encoding in a content type (RFC 9110 §8.3.2). */
function charsetIn(contentType: string): string | null {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? null;
}
