import { Choice, Id, Instant, Nested } from '../../../platform/contract/fields.js';
import { pick } from '../../../platform/contract/recipes.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';
import { CHANNELS, Interaction } from '../interactions/interaction.entity.js';

/** So many people one request catches up with: each gets an interaction, and a reminder that moves. */
const MOST_CAUGHT_UP = 100;

@Input('The people you have caught up with, each by themselves.')
export class CatchUpInput extends pick(Interaction, ['occurredAt', 'direction', 'summary']) {
  @Id({ list: MOST_CAUGHT_UP, description: 'The contacts, at least one. Each is logged once.' })
  contactIds!: string[];

  @Choice({ name: 'Channel', values: CHANNELS, defaulted: true, description: 'How it happened; default `other`.' })
  channel?: (typeof CHANNELS)[number];
}

@Shape('The touch of one contact.')
export class CaughtUpContact {
  @Id({ description: 'The contact.' })
  contactId!: string;

  @Id({ description: 'The interaction that was logged with them alone.' })
  interactionId!: string;

  @Instant({ nullable: true, description: 'When the next touch is due now; null without a cadence.' })
  nextTouchAt!: Date | null;
}

@Shape('What catching up did.')
export class CaughtUp {
  @Nested(() => CaughtUpContact, { list: MOST_CAUGHT_UP, description: 'The contacts, in the order of the input.' })
  contacts!: CaughtUpContact[];
}
