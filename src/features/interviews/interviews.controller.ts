import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { restOf } from '../../platform/resources/rest-face.js';
import { Interview } from './interview.entity.js';
import { CreateInterviewInput, CreateRoundInput, UpdateInterviewInput, UpdateRoundInput } from './interview.inputs.js';
import { InterviewsService } from './interviews.service.js';
import { Round } from './round.entity.js';
import { RoundsService } from './rounds.service.js';

@ApiTags('Interviews')
@Controller('v1/interviews')
export class InterviewsController extends restOf(Interview, {
  create: CreateInterviewInput,
  update: UpdateInterviewInput,
  remove: true,
}) {
  constructor(interviews: InterviewsService) {
    super(interviews);
  }
}

@ApiTags('Interviews')
@Controller('v1/rounds')
export class RoundsController extends restOf(Round, {
  create: CreateRoundInput,
  update: UpdateRoundInput,
  remove: true,
  scope: 'interviews',
}) {
  constructor(rounds: RoundsService) {
    super(rounds);
  }
}
