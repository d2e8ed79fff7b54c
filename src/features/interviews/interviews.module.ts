import { Global, Module } from '@nestjs/common';
import { InterviewsController, RoundsController } from './interviews.controller.js';
import './interviews.relations.js';
import { InterviewsResolver, RoundsResolver } from './interviews.resolver.js';
import { InterviewsService } from './interviews.service.js';
import { RoundsService } from './rounds.service.js';

@Global()
@Module({
  controllers: [InterviewsController, RoundsController],
  providers: [RoundsService, InterviewsService, InterviewsResolver, RoundsResolver],
  exports: [InterviewsService],
})
export class InterviewsModule {}
