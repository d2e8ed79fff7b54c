import { declareEvent, eventsOf } from '../../../platform/contract/catalogue.js';
import { Interaction } from './interaction.entity.js';

export const interactionEvents = {
  created: declareEvent({
    name: 'interaction.logged',
    resource: Interaction,
    description: 'An interaction was logged.',
    scope: 'contacts',
  }),
  ...eventsOf(
    Interaction,
    { updated: 'An interaction changed.', deleted: 'An interaction was deleted.' },
    { scope: 'contacts' },
  ),
};
