import { Global, Module } from '@nestjs/common';
import { ContactsController, ImportsController, InteractionsController } from './contacts.controller.js';
import './contacts.relations.js';
import { ContactsResolver, InteractionsResolver } from './contacts.resolver.js';
import { ContactsService } from './contacts.service.js';
import { LinkedInImportService } from './imports/linkedin-import.service.js';
import { InteractionsService } from './interactions/interactions.service.js';
import { KeepInTouchService } from './keep-in-touch.service.js';

@Global()
@Module({
  controllers: [ContactsController, InteractionsController, ImportsController],
  providers: [
    ContactsService,
    InteractionsService,
    LinkedInImportService,
    KeepInTouchService,
    ContactsResolver,
    InteractionsResolver,
  ],
  exports: [ContactsService],
})
export class ContactsModule {}
