import { pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { CalendarFeed } from './calendar-feed.entity.js';

@Input('A new calendar.')
export class CreateCalendarFeedInput extends pick(CalendarFeed, ['name', 'lens']) {}
