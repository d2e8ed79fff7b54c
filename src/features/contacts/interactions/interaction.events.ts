import { declareEvent, eventsOf } from '../../../platform/events/catalogue.js';
import { Interaction } from './interaction.entity.js';

export const interactionEvents = {
  created: declareEvent({
    name: 'interaction.logged',
    resource: Interaction,
    description: 'An interaction was logged.',
  }),
  ...eventsOf(Interaction, { updated: 'An interaction changed.', deleted: 'An interaction was deleted.' }),
};
