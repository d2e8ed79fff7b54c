import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

const STATES = ['merged', 'undone'] as const;

/** So long a merge can be undone, and is kept. In days. */
export const UNDONE_WITHIN = 30;

/** Fields of a contact, by their names. */
export type Part = Readonly<Record<string, unknown>>;

@Entity('contact_merges')
@Resource('Two contacts that became one. It is kept for 30 days, and can be undone as long.')
export class ContactMerge extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The contact that is kept.' })
  contactId!: string;

  @Column('uuid')
  @Id({ filter: true, description: 'The contact that was merged into it, and is in the trash.' })
  mergedId!: string;

  @Column('text', { default: 'merged' })
  @Choice({
    name: 'ContactMergeState',
    values: STATES,
    defaulted: true,
    filter: 'scan',
    description: '`merged`, or `undone` when they are two again.',
  })
  state!: (typeof STATES)[number];

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 50,
    list: 50,
    description: 'The fields of the contact that is kept that changed.',
    example: ['emails', 'company'],
  })
  changed!: string[];

  @Instant({
    computed: ({ alias }) => `${alias}.created_at + interval '${UNDONE_WITHIN} days'`,
    description: 'Until when it can be undone.',
  })
  undoUntil!: Date;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, description: 'When it was undone.' })
  undoneAt!: Date | null;

  /** What those fields were before the merge, and what they became. */
  @Column('jsonb', { default: {} })
  before!: Part;

  @Column('jsonb', { default: {} })
  after!: Part;
}
