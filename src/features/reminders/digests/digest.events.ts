import { declareEvent } from '../../../platform/contract/catalogue.js';
import { Digest } from './digest.entity.js';

export const digestEvents = {
  ready: declareEvent({
    name: 'digest.ready',
    resource: Digest,
    scope: 'reminders',
    description: 'A digest was made: what is due, what comes, and what to do first.',
  }),
};
