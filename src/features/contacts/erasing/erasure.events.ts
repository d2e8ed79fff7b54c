import { declareEvent } from '../../../platform/contract/catalogue.js';
import { Erasure } from './erasure.entity.js';

export const contactErased = declareEvent({
  name: 'erasure.created',
  resource: Erasure,
  scope: 'contacts',
  description:
    'A contact was erased with everything about the person. Erase your own copies of the contact with this id.',
  sentence: () => 'A contact was erased',
});
