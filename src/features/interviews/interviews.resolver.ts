import { Resolver } from '@nestjs/graphql';
import { graphqlOf } from '../../platform/resources/graphql-face.js';
import { Interview } from './interview.entity.js';
import { CreateInterviewInput, CreateRoundInput, UpdateInterviewInput, UpdateRoundInput } from './interview.inputs.js';
import { InterviewsService } from './interviews.service.js';
import { Round } from './round.entity.js';
import { RoundsService } from './rounds.service.js';

@Resolver(() => Interview)
export class InterviewsResolver extends graphqlOf(Interview, {
  create: CreateInterviewInput,
  update: UpdateInterviewInput,
  remove: true,
}) {
  constructor(interviews: InterviewsService) {
    super(interviews);
  }
}

@Resolver(() => Round)
export class RoundsResolver extends graphqlOf(Round, {
  create: CreateRoundInput,
  update: UpdateRoundInput,
  remove: true,
  scope: 'interviews',
}) {
  constructor(rounds: RoundsService) {
    super(rounds);
  }
}
