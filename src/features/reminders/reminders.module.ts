import { Global, Module } from '@nestjs/common';
import { AnswersService } from './answers.service.js';
import { KeeperService } from './keeper.service.js';
import { Kinds } from './kinds.service.js';
import { OccurrencesService } from './occurrences.service.js';
import { OccurrencesController, RemindersController } from './reminders.controller.js';
import './reminders.relations.js';
import { OccurrencesResolver, RemindersResolver } from './reminders.resolver.js';
import { RemindersService } from './reminders.service.js';
import { RingStatement } from './ring-statement.js';
import { RingsService } from './rings.service.js';

/** Global, because every feature above keeps reminders here. */
@Global()
@Module({
  controllers: [RemindersController, OccurrencesController],
  providers: [
    Kinds,
    KeeperService,
    RemindersService,
    AnswersService,
    OccurrencesService,
    RingStatement,
    RingsService,
    RemindersResolver,
    OccurrencesResolver,
  ],
  exports: [Kinds, KeeperService],
})
export class RemindersModule {}
