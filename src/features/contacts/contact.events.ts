import { declareEvent, eventsOf } from '../../platform/contract/catalogue.js';
import { Contact } from './contact.entity.js';

export const contactEvents = {
  ...eventsOf(Contact, {
    created: 'A contact was added.',
    updated: 'A contact changed.',
    deleted: 'A contact was deleted; it can be restored for 30 days.',
    restored: 'A deleted contact came back.',
  }),
  jobChanged: declareEvent({
    name: 'contact.job_changed',
    resource: Contact,
    description: 'An import found a contact at another company or in another role.',
  }),
};
