import { Global, Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { ActionLinks } from './actions/action-links.js';
import { ActionsController } from './actions/actions.controller.js';
import { ActionsService } from './actions/actions.service.js';
import { AnswersService } from './answering/answers.service.js';
import { CalendarFeedsController } from './calendar/calendar-feeds.controller.js';
import { CalendarFeedsResolver } from './calendar/calendar-feeds.resolver.js';
import { CalendarFeedsService } from './calendar/calendar-feeds.service.js';
import { CalendarsController } from './calendar/calendars.controller.js';
import { CalendarsService } from './calendar/calendars.service.js';
import { ReminderChecks } from './checks/reminder-checks.js';
import { Digest } from './digests/digest.entity.js';
import { DigestStatement } from './digests/digest-statement.js';
import { DigestsService } from './digests/digests.service.js';
import { PlansAheadService } from './foreseeing/plans-ahead.service.js';
import { KeeperService } from './keeping/keeper.service.js';
import { Kinds } from './kinds.service.js';
import { MenderService } from './keeping/mender.service.js';
import { NoticeStatement } from './ringing/notice-statement.js';
import { Occurrence } from './occurrence.entity.js';
import { OccurrencesService } from './occurrences.service.js';
import { PausesService } from './answering/pauses.service.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewResolver } from './preview/preview.resolver.js';
import { PreviewService } from './preview/preview.service.js';
import { RemindersController } from './reminders.controller.js';
import './reminders.relations.js';
import { RemindersResolver } from './reminders.resolver.js';
import { RemindersService } from './reminders.service.js';
import { RingSchedule } from './keeping/ring-schedule.js';
import { RingStatement } from './ringing/ring-statement.js';
import { RingsService } from './ringing/rings.service.js';
import { MoveStatement } from './settings/moves.sql.js';
import { SettingsFollower } from './settings/settings-follower.js';

const occurrences = facesOf(Occurrence, { scope: 'reminders', tag: 'Reminders', service: OccurrencesService });
const digests = facesOf(Digest, { scope: 'reminders', tag: 'Reminders', service: DigestsService });

/** Global, because every feature above keeps reminders here. */
@Global()
@Module({
  controllers: [
    PreviewController,
    RemindersController,
    occurrences.controller,
    digests.controller,
    CalendarFeedsController,
    CalendarsController,
    ActionsController,
  ],
  providers: [
    Kinds,
    KeeperService,
    MenderService,
    ReminderChecks,
    RemindersService,
    AnswersService,
    PausesService,
    OccurrencesService,
    PlansAheadService,
    PreviewService,
    PreviewResolver,
    RingStatement,
    NoticeStatement,
    RingSchedule,
    RingsService,
    RemindersResolver,
    occurrences.resolver,
    DigestStatement,
    DigestsService,
    digests.resolver,
    SettingsFollower,
    ActionLinks,
    ActionsService,
    MoveStatement,
    CalendarFeedsService,
    CalendarFeedsResolver,
    CalendarsService,
  ],
  exports: [Kinds, KeeperService, MenderService],
})
export class RemindersModule {}
