import { Column, Entity } from 'typeorm';
import { Choice, Id, Integer, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

const OUTCOMES = ['waiting', 'created', 'updated', 'unchanged', 'skipped', 'reverted', 'kept'] as const;
export type Outcome = (typeof OUTCOMES)[number];

@Entity('import_rows')
@Resource('What became of one row of an imported file. Kept for 90 days.')
export class ImportRow extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The import.' })
  importId!: string;

  @Column('integer')
  @Integer({ min: 1, max: 2 ** 31 - 1, description: 'The line of the file on which the row begins, counted from 1.' })
  line!: number;

  @Column('text')
  @Choice({
    name: 'ImportOutcome',
    values: OUTCOMES,
    filter: 'scan',
    description:
      'What happened to the contact, or to the interaction of a message, or in a preview what would. `waiting` is not done yet; `kept` was added, changed since, and so not reverted.',
  })
  outcome!: Outcome;

  @Column('text', { nullable: true })
  @Text({ max: 200, nullable: true, description: 'The name in the row.', example: 'Ada Lovelace' })
  name!: string | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 500,
    list: 20,
    description: 'Why it was skipped, and everything in it that was not understood or not taken over.',
    example: ['Connected On “soon” is not a date.'],
  })
  problems!: string[];

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, description: 'The contact; null when there is none, or not yet.' })
  contactId!: string | null;

  @Column('uuid', { nullable: true })
  @Id({ nullable: true, description: 'The interaction, of a message; null when there is none, or not yet.' })
  interactionId!: string | null;

  /** What the row says: a `ReadPerson` or a `ReadMessage`. Null when it was skipped while reading. */
  @Column('jsonb', { nullable: true })
  record!: object | null;
}
