import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { SelectedObject, SelectedPage } from '../../../platform/resources/selection.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView, PageView } from '../../../platform/projection/view.js';
import {
  ArgId,
  ArgInput,
  ListsPage,
  MakesShape,
  MutatesInto,
  ReadsOne,
  Removes,
} from '../../../platform/resources/graphql-answers.js';
import { CalendarFeed, CalendarFeedWithUrl } from './calendar-feed.entity.js';
import { CreateCalendarFeedInput } from './calendar-feed.inputs.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';

const needs = 'reminders:write';

@Resolver(() => CalendarFeed)
export class CalendarFeedsResolver {
  constructor(private readonly feeds: CalendarFeedsService) {}

  @ListsPage(CalendarFeed, { name: 'calendarFeeds', needs: 'reminders:read' })
  page(@Caller() actor: Actor, @SelectedPage(CalendarFeed) view: PageView): Promise<JsonText> {
    return this.feeds.page(actor, view);
  }

  @ReadsOne(CalendarFeed, { name: 'calendarFeed', needs: 'reminders:read' })
  calendarFeed(
    @Caller() actor: Actor,
    @ArgId() id: string,
    @SelectedObject(CalendarFeed) view: ObjectView,
  ): Promise<JsonText> {
    return this.feeds.one(actor, id, view);
  }

  @MakesShape(CalendarFeedWithUrl, {
    name: 'createCalendarFeed',
    needs,
    description: 'Create a calendar to subscribe to. Its address is shown once.',
  })
  createCalendarFeed(
    @Caller() actor: Actor,
    @ArgInput(CreateCalendarFeedInput) input: CreateCalendarFeedInput,
  ): Promise<CalendarFeedWithUrl> {
    return this.feeds.create(actor, input);
  }

  @MutatesInto(CalendarFeedWithUrl, CalendarFeed, {
    name: 'rotateCalendarFeed',
    needs,
    description: 'Create a new address, which is shown once. The old one stops working.',
  })
  rotateCalendarFeed(@Caller() actor: Actor, @ArgId() id: string): Promise<CalendarFeedWithUrl> {
    return this.feeds.rotate(actor, id);
  }

  @Removes(CalendarFeed, {
    name: 'deleteCalendarFeed',
    needs,
    description: 'Delete a calendar. Its address stops working. Returns its id.',
  })
  deleteCalendarFeed(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
    return this.feeds.remove(actor, id).then(() => id);
  }
}
