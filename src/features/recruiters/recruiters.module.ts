import { Global, Module } from '@nestjs/common';
import { MessagesModule } from './messages/messages.module.js';
import { RecruiterChecks } from './recruiter-checks.js';
import { RecruitersController } from './recruiters.controller.js';
import './recruiter.belongings.js';
import './recruiters.relations.js';
import { RecruitersResolver } from './recruiters.resolver.js';
import { RecruitersService } from './recruiters.service.js';

@Global()
@Module({
  imports: [MessagesModule],
  controllers: [RecruitersController],
  providers: [RecruitersService, RecruiterChecks, RecruitersResolver],
  exports: [RecruitersService],
})
export class RecruitersModule {}
