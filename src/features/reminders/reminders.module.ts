import { Global, Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { AnswersService } from './answers.service.js';
import { CalendarFeedsController } from './calendar/calendar-feeds.controller.js';
import { CalendarFeedsResolver } from './calendar/calendar-feeds.resolver.js';
import { CalendarFeedsService } from './calendar/calendar-feeds.service.js';
import { CalendarsController } from './calendar/calendars.controller.js';
import { CalendarsService } from './calendar/calendars.service.js';
import { KeeperService } from './keeper.service.js';
import { Kinds } from './kinds.service.js';
import { Occurrence } from './occurrence.entity.js';
import { OccurrencesService } from './occurrences.service.js';
import { RemindersController } from './reminders.controller.js';
import './reminders.relations.js';
import { RemindersResolver } from './reminders.resolver.js';
import { RemindersService } from './reminders.service.js';
import { RingStatement } from './ring-statement.js';
import { RingsService } from './rings.service.js';

const occurrences = facesOf(Occurrence, { scope: 'reminders', tag: 'Reminders', service: OccurrencesService });

/** Global, because every feature above keeps reminders here. */
@Global()
@Module({
  controllers: [RemindersController, occurrences.controller, CalendarFeedsController, CalendarsController],
  providers: [
    Kinds,
    KeeperService,
    RemindersService,
    AnswersService,
    OccurrencesService,
    RingStatement,
    RingsService,
    RemindersResolver,
    occurrences.resolver,
    CalendarFeedsService,
    CalendarFeedsResolver,
    CalendarsService,
  ],
  exports: [Kinds, KeeperService],
})
export class RemindersModule {}
