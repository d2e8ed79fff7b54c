import { Column, Entity } from 'typeorm';
import { Choice, Id, LocalDate, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

export const FAVOUR_DIRECTIONS = ['given', 'asked', 'received'] as const;
export const FAVOUR_KINDS = ['intro', 'referral', 'review', 'mentoring', 'reference'] as const;
export const FAVOUR_STATES = ['open', 'done', 'declined'] as const;

@Entity('favours')
@Resource('Something that you did for a contact, asked a contact for, or received.')
export class Favour extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The contact.' })
  contactId!: string;

  @Column('text')
  @Choice({
    name: 'FavourDirection',
    values: FAVOUR_DIRECTIONS,
    filter: 'scan',
    description:
      '`given`: you do it for them; `asked`: you asked them for it; `received`: they do it without being asked.',
    example: 'asked',
  })
  direction!: (typeof FAVOUR_DIRECTIONS)[number];

  @Column('text')
  @Choice({
    name: 'FavourKind',
    values: FAVOUR_KINDS,
    filter: 'scan',
    description: 'What it is: an introduction, a referral, a review of something, mentoring, a reference.',
    example: 'intro',
  })
  kind!: (typeof FAVOUR_KINDS)[number];

  @Column('text')
  @Choice({
    name: 'FavourState',
    values: FAVOUR_STATES,
    defaulted: true,
    filter: 'scan',
    description: 'Whether it is still to be done. Default: `open` for what was `asked`, else `done`.',
  })
  state!: (typeof FAVOUR_STATES)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 2_000,
    nullable: true,
    search: true,
    description: 'What it is about.',
    example: 'An introduction to the lead of the platform team',
  })
  summary!: string | null;

  @Column('date')
  @LocalDate({
    defaulted: true,
    filter: true,
    sort: true,
    description: 'The day on which it was asked for, promised, given or received; default today.',
  })
  occurredOn!: string;

  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    description:
      'The day on which it was done or declined; null while it is open. Default today, or `occurredOn` if it comes done.',
  })
  settledOn!: string | null;
}
