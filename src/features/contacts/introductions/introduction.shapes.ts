import { Choice, Id, Nested, Text } from '../../../platform/contract/fields.js';
import { Shape } from '../../../platform/contract/shapes.js';

/** A chain has so many people at most, the one at its end included. */
export const LONGEST_CHAIN = 4;
/** So many chains are shown. */
export const MOST_CHAINS = 10;

/** What one asks for, in the words of both faces. */
export const WANTED = {
  contactId: 'Whom you want to meet. Give either this or `company`.',
  company: 'Where you want to meet somebody. Legal form, case and accents do not matter.',
} as const;

const LINKS = ['you', 'met_through', 'circle'] as const;

@Shape('A person in a chain of introductions.')
export class IntroductionStep {
  @Id({ description: 'The contact.' })
  contactId!: string;

  @Text({ max: 200, description: 'The name of the contact.', example: 'Ada Lovelace' })
  name!: string;

  @Text({ max: 200, nullable: true, description: 'The company of the contact.', example: 'Analytical Engines' })
  company!: string | null;

  @Text({ max: 200, nullable: true, description: 'The job title of the contact.', example: 'Programmer' })
  title!: string | null;

  @Choice({
    name: 'IntroductionLink',
    values: LINKS,
    description:
      'How the one before knows this person. `you`: you know them, you met them through nobody; `met_through`: you met one of the two through the other; `circle`: they are in the same circle.',
  })
  by!: (typeof LINKS)[number];

  @Id({ nullable: true, description: 'The circle that they share with the one before; null for other links.' })
  circleId!: string | null;

  @Text({ max: 200, nullable: true, description: 'The name of the circle.', example: 'TypeScript Berlin' })
  circleName!: string | null;
}

@Shape('A chain of people, each of whom can introduce you to the next.')
export class Introduction {
  @Nested(() => IntroductionStep, {
    list: LONGEST_CHAIN,
    description: 'The first is somebody whom you know, the last is whom you want to meet, or works there.',
  })
  people!: IntroductionStep[];
}

@Shape('Who can introduce you to a person, or to somebody at a company.')
export class Introductions {
  @Nested(() => Introduction, { list: MOST_CHAINS, description: 'The shortest chains, each by way of somebody else.' })
  chains!: Introduction[];
}
