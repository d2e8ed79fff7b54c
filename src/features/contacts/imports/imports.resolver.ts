import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ArgId, ArgInput, Makes, Mutates } from '../../../platform/resources/graphql-answers.js';
import { graphqlOf } from '../../../platform/resources/graphql-face.js';
import { SelectedObject } from '../../../platform/resources/selection.js';
import { Import } from './import.entity.js';
import { ImportLinkedInInput } from './import.inputs.js';
import { fileIn } from './import-text.js';
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
  receive(
    @Caller() actor: Actor,
    @ArgInput(ImportLinkedInInput) input: ImportLinkedInInput,
    @SelectedObject(Import) view: ObjectView,
  ): Promise<JsonText> {
    return this.imports.receiveLinkedIn(actor, fileIn(input), input, view);
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
