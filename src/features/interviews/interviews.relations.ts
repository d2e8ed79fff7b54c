import { relate } from '../../platform/contract/relations.js';
import { Interview } from './interview.entity.js';
import { Round } from './round.entity.js';

relate(Interview, 'rounds', {
  to: () => Round,
  match: { interviewId: 'id' },
  order: 'startsAt',
  first: 20,
  description: 'Its rounds, earliest first.',
});

relate(Round, 'interview', {
  to: () => Interview,
  many: false,
  match: { id: 'interviewId' },
  description: 'The interview it belongs to.',
});
