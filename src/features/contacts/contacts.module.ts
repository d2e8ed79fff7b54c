import { Global, Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { CatchUpController } from './catching-up/catch-up.controller.js';
import { CatchUpResolver } from './catching-up/catch-up.resolver.js';
import { CatchUpService } from './catching-up/catch-up.service.js';
import { CirclesModule } from './circles/circles.module.js';
import { ContactChecks } from './contact-checks.js';
import { ContactsController } from './contacts.controller.js';
import './contacts.relations.js';
import { ContactsResolver } from './contacts.resolver.js';
import { ContactsService } from './contacts.service.js';
import { EmploymentsModule } from './employments/employments.module.js';
import { EncountersModule } from './encounters/encounters.module.js';
import { FavoursModule } from './favours/favours.module.js';
import { Applier } from './imports/applying/applier.js';
import { ImportJobs } from './imports/applying/import-jobs.js';
import { ImportsRetention } from './imports/imports-retention.js';
import { ImportWork } from './imports/applying/import-work.js';
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
import { NextTouchStatement } from './next-touches.sql.js';
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

const importRows = facesOf(ImportRow, { scope: 'contacts', tag: 'Imports', service: ImportRowsService });

@Global()
@Module({
  imports: [CirclesModule, EmploymentsModule, EncountersModule, FavoursModule, IntroductionsModule],
  controllers: [
    ContactsController,
    CatchUpController,
    interactions.controller,
    ImportsController,
    importRows.controller,
  ],
  providers: [
    ContactsService,
    CatchUpService,
    CatchUpResolver,
    ContactChecks,
    InteractionsService,
    ImportsService,
    ImportRowsService,
    ImportWork,
    Staging,
    Applier,
    Reverter,
    ImportJobs,
    ImportsRetention,
    ImportCommand,
    ImportsResolver,
    importRows.resolver,
    KeepInTouchService,
    NextTouchStatement,
    TouchesAhead,
    TouchesFollower,
    ContactsResolver,
    interactions.resolver,
  ],
  exports: [ContactsService, InteractionsService],
})
export class ContactsModule {}
