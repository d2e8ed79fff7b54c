import { eventsOf } from '../../platform/contract/catalogue.js';
import { Recruiter } from './recruiter.entity.js';

export const recruiterEvents = eventsOf(Recruiter, {
  created: 'A recruiter was added.',
  updated: 'A recruiter changed, or was parked.',
  deleted: 'A recruiter was deleted; the contact stays.',
});
