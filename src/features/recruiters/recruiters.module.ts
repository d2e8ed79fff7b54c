import { Global, Module } from '@nestjs/common';
import { MessagesModule } from './messages/messages.module.js';
import './recruiter.belongings.js';
import { CheckBacksModule } from './promises/check-backs.module.js';
import { Arrivals } from './arrivals.js';
import { RecruiterChecks } from './recruiter-checks.js';
import { RecruitersController } from './recruiters.controller.js';
import './recruiters.relations.js';
import { RecruitersResolver } from './recruiters.resolver.js';
import { RecruitersService } from './recruiters.service.js';

@Global()
@Module({
  imports: [MessagesModule, CheckBacksModule],
  controllers: [RecruitersController],
  providers: [RecruitersService, Arrivals, RecruiterChecks, RecruitersResolver],
  exports: [CheckBacksModule, RecruitersService],
})
export class RecruitersModule {}
