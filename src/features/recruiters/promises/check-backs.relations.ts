import { relate } from '../../../platform/contract/relations.js';
import { Recruiter } from '../recruiter.entity.js';
import { CheckBack } from './check-back.entity.js';

relate(Recruiter, 'checkBacks', {
  to: () => CheckBack,
  match: { recruiterId: 'id' },
  order: '-dueOn',
  first: 10,
  description: 'When they were and are expected to come back, the latest day first.',
});

relate(CheckBack, 'recruiter', {
  to: () => Recruiter,
  many: false,
  match: { id: 'recruiterId' },
  description: 'The recruiter.',
});
