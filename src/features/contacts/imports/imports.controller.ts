import { Body, Controller, Headers, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { AcceptsFile, Acts, PathId } from '../../../platform/resources/answers.js';
import { restOf } from '../../../platform/resources/rest-face.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { FilePipe, ImportOptionsPipe } from './import-options.pipe.js';
import { Import } from './import.entity.js';
import { ColumnMapping } from './import.inputs.js';
import type { ImportOptions } from './import.inputs.js';
import { recipesOf } from '../../../platform/contract/recipes.js';
import { ImportsService } from './imports.service.js';

const needs = 'contacts:write';
const OPTIONS = [
  {
    name: 'preview',
    required: false,
    description: 'Whether only to say what would happen.',
    schema: { type: 'boolean', default: false },
  },
  {
    name: 'dateOrder',
    required: false,
    description: 'What 2/7/2022 means. Unset: what the column proves, else the language of the header.',
    schema: { type: 'string', enum: ['dayFirst', 'monthFirst'] },
  },
  ...[...recipesOf(ColumnMapping)].map(([name, { description }]) => ({
    name: `mapping[${name}]`,
    required: false,
    description,
    schema: { type: 'string' as const },
  })),
] as const;

@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController extends restOf(Import, { scope: 'contacts' }) {
  constructor(private readonly imports: ImportsService) {
    super(imports);
  }

  @AcceptsFile(Import, 'text/csv', OPTIONS, {
    path: 'linkedin',
    needs,
    operation: 'importLinkedIn',
    summary: "Import LinkedIn's Connections.csv in the background; the same file again changes nothing.",
  })
  receive(
    @Caller() actor: Actor,
    @Body(FilePipe) bytes: Buffer,
    @Headers('content-type') type: string,
    // Not the class itself, which the global pipe would check before the texts of the address are converted.
    @Query(ImportOptionsPipe) options: Readonly<ImportOptions>,
  ): Promise<JsonText> {
    return this.imports.receiveLinkedIn(actor, { bytes, charset: charsetIn(type) }, options, wholeView(Import));
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
