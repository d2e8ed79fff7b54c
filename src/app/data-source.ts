import './kinds.js';
import { Foundation1764000000001 } from '../../migrations/0001-foundation.js';
import { Reminders1764000000002 } from '../../migrations/0002-reminders.js';
import { Contacts1764000000003 } from '../../migrations/0003-contacts.js';
import { Career1764000000004 } from '../../migrations/0004-career.js';
import { Webhooks1764000000005 } from '../../migrations/0005-webhooks.js';
import { Contract1764000000006 } from '../../migrations/0006-contract.js';
import { EventOrder1764000000007 } from '../../migrations/0007-event-order.js';
import { WebhookFormats1764000000008 } from '../../migrations/0008-webhook-formats.js';
import { Calendars1764000000009 } from '../../migrations/0009-calendars.js';
import { DueEngine1764000000010 } from '../../migrations/0010-due-engine.js';
import { WebhookManagement1764000000011 } from '../../migrations/0011-webhook-management.js';
import { DeliveryEngine1764000000012 } from '../../migrations/0012-delivery-engine.js';
import { Account } from '../features/accounts/account.entity.js';
import { ApiKey } from '../features/accounts/api-key.entity.js';
import { Contact } from '../features/contacts/contact.entity.js';
import { Interaction } from '../features/contacts/interactions/interaction.entity.js';
import { Interview } from '../features/interviews/interview.entity.js';
import { Round } from '../features/interviews/round.entity.js';
import { Recruiter } from '../features/recruiters/recruiter.entity.js';
import { CalendarFeed } from '../features/reminders/calendar/calendar-feed.entity.js';
import { Digest } from '../features/reminders/digests/digest.entity.js';
import { Occurrence } from '../features/reminders/occurrence.entity.js';
import { Reminder } from '../features/reminders/reminder.entity.js';
import { Attempt } from '../features/webhooks/deliveries/attempt.entity.js';
import { Delivery } from '../features/webhooks/deliveries/delivery.entity.js';
import { Webhook } from '../features/webhooks/webhook.entity.js';

/** Every entity, for TypeORM. */
export const entities = [
  Account,
  ApiKey,
  Reminder,
  Occurrence,
  Digest,
  CalendarFeed,
  Contact,
  Interaction,
  Recruiter,
  Interview,
  Round,
  Webhook,
  Delivery,
  Attempt,
];

/** Every migration, in order. */
export const migrations = [
  Foundation1764000000001,
  Reminders1764000000002,
  Contacts1764000000003,
  Career1764000000004,
  Webhooks1764000000005,
  Contract1764000000006,
  EventOrder1764000000007,
  WebhookFormats1764000000008,
  Calendars1764000000009,
  DueEngine1764000000010,
  WebhookManagement1764000000011,
  DeliveryEngine1764000000012,
];
