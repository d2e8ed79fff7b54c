import './about.js';
import './kinds.js';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { AccountsModule } from '../features/accounts/accounts.module.js';
import { ContactsModule } from '../features/contacts/contacts.module.js';
import { InterviewsModule } from '../features/interviews/interviews.module.js';
import { RecruitersModule } from '../features/recruiters/recruiters.module.js';
import { RemindersModule } from '../features/reminders/reminders.module.js';
import { WebhooksModule } from '../features/webhooks/webhooks.module.js';
import { PlatformModule } from '../platform/platform.module.js';
import type { Ground } from '../platform/platform.module.js';

type Feature = Type | DynamicModule;

/** The one list of features, in floor order. */
export const features: readonly Feature[] = [
  AccountsModule,
  RemindersModule,
  ContactsModule,
  RecruitersModule,
  InterviewsModule,
  WebhooksModule,
];

@Module({})
export class AppModule {
  static forRoot(ground: Ground, chosen: readonly Feature[] = features): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(ground), ...chosen] };
  }
}
