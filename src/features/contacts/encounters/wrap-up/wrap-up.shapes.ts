import { Choice, Flag, Id, Instant, Nested, Text } from '../../../../platform/contract/fields.js';
import { partial, pick } from '../../../../platform/contract/recipes.js';
import { Input, Part, Shape } from '../../../../platform/contract/shapes.js';
import { PRIORITIES } from '../../../reminders/reminder.entity.js';
import { Contact } from '../../contact.entity.js';
import { ENCOUNTER_ROLES, Encounter } from '../encounter.entity.js';

/** So many people one wrap-up names: each may become a contact with two reminders. */
const MOST_WRAPPED_UP = 100;
export const OUTCOMES = ['found', 'made'] as const;

@Part('Somebody who was met: an existing contact, or what is known of the person.')
export class WrapUpPerson extends partial(
  pick(Contact, ['name', 'emails', 'phones', 'links', 'company', 'title', 'relation', 'tier', 'tags', 'notes']),
) {
  @Id({ nullable: true, description: 'The contact, if you know which one it is.' })
  contactId?: string | null;

  @Text({
    max: 100,
    nullable: true,
    description: 'What they are called in the circle of `circleId`. It makes them a member of that circle.',
  })
  handle?: string | null;

  @Choice({ name: 'EncounterRole', values: ENCOUNTER_ROLES, nullable: true, description: 'What they did there.' })
  role?: (typeof ENCOUNTER_ROLES)[number] | null;

  @Choice({
    name: 'Priority',
    values: PRIORITIES,
    defaulted: true,
    description: 'How soon to follow up: high first. Default `normal`.',
  })
  priority?: (typeof PRIORITIES)[number];
}

@Input('An encounter that is over, and the people who were met there.')
export class WrapUpEncounterInput extends pick(Encounter, [
  'kind',
  'title',
  'occurredOn',
  'place',
  'url',
  'circleId',
  'myRole',
  'notes',
]) {
  @Nested(() => WrapUpPerson, {
    list: MOST_WRAPPED_UP,
    description: 'Who was met, at least one.',
    example: [{ name: 'Ada Lovelace', emails: ['ada@example.org'], priority: 'high' }],
  })
  people!: WrapUpPerson[];

  @Flag({ defaulted: true, description: 'Whether to be reminded to follow up, 24 to 72 hours from now. Default true.' })
  followUps?: boolean;
}

@Shape('Who somebody is who was met, and when to follow up.')
export class WrappedUpPerson {
  @Id({ description: 'The contact.' })
  contactId!: string;

  @Choice({
    name: 'WrapUpOutcome',
    values: OUTCOMES,
    description: '`found`: the contact was there before. `made`: it is new.',
  })
  outcome!: (typeof OUTCOMES)[number];

  @Instant({ nullable: true, description: 'When you are reminded to follow up; null if you are not.' })
  followUpAt!: Date | null;
}

@Shape('What a wrap-up did.')
export class WrapUp {
  @Id({ description: 'The encounter.' })
  encounterId!: string;

  @Nested(() => WrappedUpPerson, { list: MOST_WRAPPED_UP, description: 'The people, in the order of the input.' })
  people!: WrappedUpPerson[];
}
