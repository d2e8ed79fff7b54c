import { Flag } from '../../platform/contract/fields.js';
import { partial, pick } from '../../platform/contract/recipes.js';
import { Input } from '../../platform/contract/shapes.js';
import { Interview } from './interview.entity.js';
import { Round } from './round.entity.js';

@Input('A new interview process.')
export class CreateInterviewInput extends pick(Interview, [
  'company',
  'role',
  'intent',
  'stage',
  'exitBefore',
  'notes',
]) {}

@Input('A change of an interview.')
export class UpdateInterviewInput extends partial(
  pick(Interview, ['company', 'role', 'intent', 'stage', 'exitBefore', 'outcome', 'notes']),
) {
  @Flag({ defaulted: true, description: 'Confirms a step past the exit point of a practice interview.' })
  confirm?: boolean;
}

@Input('A round to schedule.')
export class CreateRoundInput extends pick(Round, [
  'interviewId',
  'kind',
  'startsAt',
  'durationMinutes',
  'timeZone',
  'place',
  'status',
  'preparation',
]) {}

@Input('A change of a round; a new start time moves its reminder.')
export class UpdateRoundInput extends partial(
  pick(Round, ['kind', 'startsAt', 'durationMinutes', 'timeZone', 'place', 'status', 'preparation', 'debrief']),
) {}
