import './about.js';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
// Features that declare kinds of reminders are loaded before reminders, whose calendars offer the lenses of all kinds.
import { ContactsModule } from '../features/contacts/contacts.module.js';
import { RecruitersModule } from '../features/recruiters/recruiters.module.js';
import { InterviewsModule } from '../features/interviews/interviews.module.js';
import { TransfersModule } from '../features/transfers/transfers.module.js';
import { RemindersModule } from '../features/reminders/reminders.module.js';
import { AccountsModule } from '../features/accounts/accounts.module.js';
import { WebhooksModule } from '../features/webhooks/webhooks.module.js';
import { PlatformModule } from '../platform/platform.module.js';
import type { Dependencies } from '../platform/platform.module.js';

type Feature = Type | DynamicModule;

/** The one list of features, in floor order. */
export const features: readonly Feature[] = [
  AccountsModule,
  RemindersModule,
  ContactsModule,
  RecruitersModule,
  InterviewsModule,
  TransfersModule,
  WebhooksModule,
];

@Module({})
export class AppModule {
  static forRoot(dependencies: Dependencies, chosen: readonly Feature[] = features): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(dependencies), ...chosen] };
  }
}
