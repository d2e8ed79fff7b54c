import { eventsOf } from '../../platform/contract/catalogue.js';
import { Account } from './account.entity.js';

export const accountEvents = eventsOf(
  Account,
  { updated: 'The settings of the account changed.' },
  { scope: 'account' },
);
