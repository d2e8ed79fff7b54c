import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../../platform/projection/view.js';
import { CreatesShape, Deletes, Lists, PathId, Reads } from '../../../platform/resources/answers.js';
import { SeenObject, SeenPage } from '../../../platform/resources/rest-view.js';
import { CalendarFeed, CalendarFeedWithUrl } from './calendar-feed.entity.js';
import { CreateCalendarFeedInput } from './calendar-feed.inputs.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';

@ApiTags('Reminders')
@Controller('v1/calendarFeeds')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeedsService) {}

  @Lists(CalendarFeed, {
    needs: 'reminders:read',
    operation: 'listCalendarFeeds',
    summary: 'List calendars, without their addresses.',
  })
  page(@Caller() actor: Actor, @SeenPage(CalendarFeed) view: PageView): Promise<JsonText> {
    return this.feeds.page(actor, view);
  }

  @Reads(CalendarFeed, {
    path: ':id',
    needs: 'reminders:read',
    operation: 'getCalendarFeed',
    summary: 'Read one calendar, without its address.',
  })
  one(@Caller() actor: Actor, @PathId() id: string, @SeenObject(CalendarFeed) view: ObjectView): Promise<JsonText> {
    return this.feeds.one(actor, id, view);
  }

  @CreatesShape(CalendarFeedWithUrl, CreateCalendarFeedInput, {
    needs: 'reminders:write',
    operation: 'createCalendarFeed',
    summary: 'Create a calendar to subscribe to. Its address is shown once.',
  })
  create(@Caller() actor: Actor, @Body() input: CreateCalendarFeedInput): Promise<CalendarFeedWithUrl> {
    return this.feeds.create(actor, input);
  }

  @CreatesShape(CalendarFeedWithUrl, null, {
    path: ':id/secret',
    of: CalendarFeed,
    needs: 'reminders:write',
    operation: 'rotateCalendarFeed',
    summary: 'Create a new address, which is shown once. The old one stops working.',
  })
  rotate(@Caller() actor: Actor, @PathId() id: string): Promise<CalendarFeedWithUrl> {
    return this.feeds.rotate(actor, id);
  }

  @Deletes(CalendarFeed, {
    path: ':id',
    needs: 'reminders:write',
    operation: 'deleteCalendarFeed',
    summary: 'Delete a calendar; its address opens nothing from then on.',
  })
  remove(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
    return this.feeds.remove(actor, id).then(() => undefined);
  }
}
