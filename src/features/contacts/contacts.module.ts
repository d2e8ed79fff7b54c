import { Global, Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { ContactChecks } from './contact-checks.js';
import { ContactsController, ImportsController } from './contacts.controller.js';
import './contacts.relations.js';
import { ContactsResolver } from './contacts.resolver.js';
import { ContactsService } from './contacts.service.js';
import { LinkedInImportService } from './imports/linkedin-import.service.js';
import { Interaction } from './interactions/interaction.entity.js';
import { CreateInteractionInput, UpdateInteractionInput } from './interactions/interaction.inputs.js';
import { InteractionsService } from './interactions/interactions.service.js';
import { KeepInTouchService } from './keep-in-touch.service.js';
import { NextTouchStatement } from './next-touches.sql.js';
import { TouchesFollower } from './touches-follower.js';

const interactions = facesOf(Interaction, {
  create: CreateInteractionInput,
  update: UpdateInteractionInput,
  remove: true,
  scope: 'contacts',
  tag: 'Contacts',
  service: InteractionsService,
});

@Global()
@Module({
  controllers: [ContactsController, interactions.controller, ImportsController],
  providers: [
    ContactsService,
    ContactChecks,
    InteractionsService,
    LinkedInImportService,
    KeepInTouchService,
    NextTouchStatement,
    TouchesFollower,
    ContactsResolver,
    interactions.resolver,
  ],
  exports: [ContactsService],
})
export class ContactsModule {}
