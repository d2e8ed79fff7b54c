import { declareEvent } from '../../../platform/contract/catalogue.js';
import type { Data } from '../../../kit/words.js';
import { Import } from './import.entity.js';

const count = (data: Data, name: string): string => String(data[name] ?? 0);

export const importEvents = {
  progressed: declareEvent({
    name: 'import.progressed',
    resource: Import,
    scope: 'contacts',
    description: 'An import of several batches came further, told up to twenty times.',
    sentence: (data) => `An import is in progress: ${count(data, 'done')} of ${count(data, 'total')} rows`,
  }),
  finished: declareEvent({
    name: 'import.finished',
    resource: Import,
    scope: 'contacts',
    description: 'An import was applied, or failed. The same file again tells this too, and changes no contact.',
    sentence: (data) =>
      data.state === 'failed'
        ? `An import failed: ${String(data.failure)}`
        : `An import finished: ${count(data, 'created')} added, ${count(data, 'updated')} updated, ${count(data, 'unchanged')} unchanged, ${count(data, 'skipped')} skipped`,
  }),
  reverted: declareEvent({
    name: 'import.reverted',
    resource: Import,
    scope: 'contacts',
    description: 'An import was reverted: the contacts it had added were deleted, but for those changed since.',
    sentence: (data) =>
      `An import was reverted: ${count(data, 'reverted')} of ${count(data, 'created')} added contacts were deleted`,
  }),
};
