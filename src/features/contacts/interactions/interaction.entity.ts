import { Column, Entity } from 'typeorm';
import { Choice, Flag, Id, Instant, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';

export const CHANNELS = ['email', 'message', 'call', 'video', 'in_person', 'code_review', 'social', 'other'] as const;
export const DIRECTIONS = ['inbound', 'outbound', 'mutual'] as const;

@Entity('interactions')
@Resource('An interaction with one or more contacts: a call, a message, a code review.')
export class Interaction extends Owned {
  @Id({
    list: 100,
    computed: ({ alias, account }) =>
      `array(select l.contact_id from interaction_contacts l where l.account_id = ${account()} and l.interaction_id = ${alias}.id order by l.contact_id)`,
    description: 'The contacts it was with, at least one.',
  })
  contactIds!: string[];

  @Column('timestamptz')
  @Instant({ filter: true, sort: true, defaulted: true, description: 'When it happened; default now.' })
  occurredAt!: Date;

  @Column('text')
  @Choice({ name: 'Channel', values: CHANNELS, filter: 'scan', description: 'How it happened.' })
  channel!: (typeof CHANNELS)[number];

  @Column('text', { default: 'mutual' })
  @Choice({
    name: 'Direction',
    values: DIRECTIONS,
    defaulted: true,
    filter: 'scan',
    description: 'Who got in touch with whom.',
  })
  direction!: (typeof DIRECTIONS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 2_000,
    nullable: true,
    filter: 'scan',
    search: true,
    description: 'What it was about.',
    example: 'Caught up over coffee',
  })
  summary!: string | null;

  @Column('boolean', { default: true })
  @Flag({
    defaulted: true,
    filter: 'scan',
    description:
      'Whether it counts as a touch and restarts the cadence. Mass mail, automatic replies and unanswered attempts should not.',
  })
  countsAsTouch!: boolean;
}
