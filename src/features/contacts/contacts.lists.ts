import { declareList } from '../../platform/contract/ranked-lists.js';
import { Contact } from './contact.entity.js';
import { dueSql, fadingSql } from './levels.js';

export const CONTACTS_DUE = declareList(Contact, 'due', {
  condition: dueSql,
  sort: [{ field: 'urgency', direction: 'desc' }],
  description: 'List the contacts whose next touch is due, the most urgent first.',
});

/** People who were once close have no urgency, and follow. */
export const CONTACTS_FADING = declareList(Contact, 'fading', {
  condition: fadingSql,
  sort: [
    { field: 'urgency', direction: 'desc' },
    { field: 'lastTouchAt', direction: 'desc' },
  ],
  description:
    'List the contacts who are fading: late by twice their cadence, the most urgent first, then people without a cadence who were once close (three touches or more, and none for a year), the last one you were in touch with first.',
});
