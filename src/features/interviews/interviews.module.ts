import { Global, Module } from '@nestjs/common';
import { facesOf } from '../../platform/resources/faces.js';
import { Interview } from './interview.entity.js';
import { CreateInterviewInput, CreateRoundInput, UpdateInterviewInput, UpdateRoundInput } from './interview.inputs.js';
import './interviews.relations.js';
import { InterviewsService } from './interviews.service.js';
import { Round } from './round.entity.js';
import { RoundChecks } from './round-checks.js';
import { RoundsService } from './rounds.service.js';

const interviews = facesOf(Interview, {
  create: CreateInterviewInput,
  update: UpdateInterviewInput,
  remove: true,
  service: InterviewsService,
});

const rounds = facesOf(Round, {
  create: CreateRoundInput,
  update: UpdateRoundInput,
  remove: true,
  scope: 'interviews',
  tag: 'Interviews',
  service: RoundsService,
});

@Global()
@Module({
  controllers: [interviews.controller, rounds.controller],
  providers: [RoundsService, RoundChecks, InterviewsService, interviews.resolver, rounds.resolver],
  exports: [InterviewsService],
})
export class InterviewsModule {}
