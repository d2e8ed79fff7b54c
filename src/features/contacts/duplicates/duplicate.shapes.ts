import { Choice, Flag, Id, Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { Input, Shape } from '../../../platform/contract/shapes.js';
import { CERTAIN } from './duplicates.sql.js';

/** So many pairs a page has at most, and unless told. */
export const MOST_PAIRS = 100;
export const USUAL_PAIRS = 50;
/** So much of what two contacts share is named. */
export const MOST_REASONS = 20;
const LONGEST_VALUE = 250;

export const REASONS = ['email', 'phone', 'profile', 'name', 'similar_name', 'handle', 'company', 'domain'] as const;
const CERTAINTIES = ['certain', 'suggested'] as const;

@Shape('Something that two contacts share.')
export class DuplicateReason {
  @Choice({ name: 'DuplicateReasonCode', values: REASONS, description: 'What they share.' })
  code!: (typeof REASONS)[number];

  @Text({ max: LONGEST_VALUE, description: 'The value, as it is compared.', example: 'ada@example.org' })
  value!: string;

  @Text({ max: 500, description: 'The same in words.', example: 'Both have the e-mail address ada@example.org.' })
  text!: string;
}

@Shape('Two contacts who may be one person.')
export class ContactDuplicate {
  @Id({ description: 'One of the contacts, the one that was added first.' })
  firstId!: string;

  @Id({ description: 'The other contact.' })
  secondId!: string;

  @Text({ max: 200, description: 'The name of the first.', example: 'Ada Lovelace' })
  firstName!: string;

  @Text({ max: 200, description: 'The name of the second.', example: 'A. Lovelace' })
  secondName!: string;

  @Choice({
    name: 'DuplicateCertainty',
    values: CERTAINTIES,
    description:
      '`certain`: the same e-mail address, telephone number or profile. `suggested`: what they share says so.',
  })
  certainty!: (typeof CERTAINTIES)[number];

  @Integer({ min: 0, max: CERTAIN, description: 'How sure that is: 100 is certain, from 50 on it is suggested.' })
  score!: number;

  @Nested(() => DuplicateReason, { list: MOST_REASONS, description: 'What they share, the most telling first.' })
  reasons!: DuplicateReason[];
}

@Shape('Where a page of duplicates ends.')
export class DuplicatesEnd {
  @Text({ max: 500, nullable: true, description: 'Pass it as `after` to read on; null for an empty page.' })
  endCursor!: string | null;

  @Flag({ description: 'Whether there are more.' })
  hasNextPage!: boolean;
}

@Shape('A page of contacts who may be one person, the surest first.')
export class ContactDuplicates {
  @Nested(() => ContactDuplicate, { list: MOST_PAIRS, description: 'The pairs.' })
  data!: ContactDuplicate[];

  @Nested(() => DuplicatesEnd, { description: 'Where this page ends.' })
  page!: DuplicatesEnd;
}

@Input('Two contacts who are two people.')
export class DismissDuplicateInput {
  @Id({ description: 'One of the contacts.' })
  firstId!: string;

  @Id({ description: 'The other.' })
  secondId!: string;
}

@Shape('Two contacts who are two people: they are not suggested again.')
export class DismissedDuplicate {
  @Id({ description: 'One of the contacts.' })
  firstId!: string;

  @Id({ description: 'The other.' })
  secondId!: string;
}
