import { Global, Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { BulkEditsController } from './bulk-edits/bulk-edits.controller.js';
import { BulkEditsResolver } from './bulk-edits/bulk-edits.resolver.js';
import { BulkEditsService } from './bulk-edits/bulk-edits.service.js';
import { CatchUpController } from './catching-up/catch-up.controller.js';
import { CatchUpResolver } from './catching-up/catch-up.resolver.js';
import { CatchUpService } from './catching-up/catch-up.service.js';
import { CirclesModule } from './circles/circles.module.js';
import { ContactChecks } from './contact-checks.js';
import { ContactsController } from './contacts.controller.js';
import './contact.belongings.js';
import './contacts.relations.js';
import { ContactsResolver } from './contacts.resolver.js';
import { ContactsService } from './contacts.service.js';
import { DuplicatesModule } from './duplicates/duplicates.module.js';
import { EmploymentsModule } from './employments/employments.module.js';
import { EncountersModule } from './encounters/encounters.module.js';
import { ErasingModule } from './erasing/erasing.module.js';
import { ContactExportsModule } from './exports/contact-exports.module.js';
import { FavoursModule } from './favours/favours.module.js';
import { GithubModule } from './github/github.module.js';
import { Applier } from './imports/applying/applier.js';
import { ImportJobs } from './imports/applying/import-jobs.js';
import { ImportWork } from './imports/applying/import-work.js';
import { MessageApplier } from './imports/applying/message-applier.js';
import { Reverter } from './imports/applying/reverter.js';
import { Staging } from './imports/applying/staging.js';
import { ImportCommand } from './imports/import-command.service.js';
import { ImportRow } from './imports/import-row.entity.js';
import { ImportRowsService } from './imports/import-rows.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsResolver } from './imports/imports.resolver.js';
import { ImportsService } from './imports/imports.service.js';
import { IntroductionsModule } from './introductions/introductions.module.js';
import { Interaction } from './interactions/interaction.entity.js';
import { CreateInteractionInput, UpdateInteractionInput } from './interactions/interaction.inputs.js';
import { InteractionsService } from './interactions/interactions.service.js';
import { KeepInTouchService } from './keep-in-touch.service.js';
import { ContactMerge } from './merging/contact-merge.entity.js';
import { MergesService } from './merging/merges.service.js';
import { NextTouchStatement } from './next-touches.sql.js';
import { TagsModule } from './tags/tags.module.js';
import { PhonesService } from './phones/phones.service.js';
import { PhonesStatement } from './phones/phones.sql.js';
import { Recognition } from './recognition.service.js';
import { TouchesAhead } from './touches-ahead.js';
import { TouchesFollower } from './touches-follower.js';

const interactions = facesOf(Interaction, {
  create: CreateInteractionInput,
  update: UpdateInteractionInput,
  remove: true,
  scope: 'contacts',
  tag: 'Contacts',
  service: InteractionsService,
});

const merges = facesOf(ContactMerge, { scope: 'contacts', tag: 'Contacts', service: MergesService });

const importRows = facesOf(ImportRow, { scope: 'contacts', tag: 'Imports', service: ImportRowsService });

@Global()
@Module({
  imports: [
    CirclesModule,
    ContactExportsModule,
    DuplicatesModule,
    EmploymentsModule,
    EncountersModule,
    ErasingModule,
    FavoursModule,
    GithubModule,
    IntroductionsModule,
    TagsModule,
  ],
  controllers: [
    ContactsController,
    BulkEditsController,
    CatchUpController,
    interactions.controller,
    ImportsController,
    importRows.controller,
    merges.controller,
  ],
  providers: [
    ContactsService,
    BulkEditsService,
    BulkEditsResolver,
    CatchUpService,
    CatchUpResolver,
    ContactChecks,
    InteractionsService,
    ImportsService,
    ImportRowsService,
    ImportWork,
    Staging,
    Applier,
    MessageApplier,
    Reverter,
    ImportJobs,
    ImportCommand,
    ImportsResolver,
    importRows.resolver,
    MergesService,
    merges.resolver,
    KeepInTouchService,
    NextTouchStatement,
    PhonesService,
    PhonesStatement,
    Recognition,
    TouchesAhead,
    TouchesFollower,
    ContactsResolver,
    interactions.resolver,
  ],
  exports: [ContactsService, InteractionsService, Recognition],
})
export class ContactsModule {}
