import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, Integer, Text, TimeZone } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';

export const ROUND_KINDS = [
  'screening',
  'coding',
  'system_design',
  'behavioural',
  'take_home',
  'pairing',
  'final',
  'other',
] as const;
export const ROUND_STATUSES = ['scheduled', 'done', 'cancelled', 'no_show'] as const;

@Entity('rounds')
@Resource('One meeting of an interview.')
export class Round extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The interview it belongs to.' })
  interviewId!: string;

  @Column('text')
  @Choice({ name: 'RoundKind', values: ROUND_KINDS, filter: 'scan', description: 'What kind of meeting it is.' })
  kind!: (typeof ROUND_KINDS)[number];

  @Column('timestamptz')
  @Instant({ filter: true, sort: true, description: 'When it begins.' })
  startsAt!: Date;

  @Column('integer', { default: 60 })
  @Integer({ min: 5, max: 1_440, defaulted: true, description: 'How long it takes, in minutes.' })
  durationMinutes!: number;

  @Column('text')
  @TimeZone({
    defaulted: true,
    description: "The IANA time zone in which it was agreed; default the account's.",
    example: 'Europe/Berlin',
  })
  timeZone!: string;

  @Column('text', { nullable: true })
  @Text({
    max: 500,
    nullable: true,
    search: true,
    description: 'Where it is: a place or a link.',
    example: 'https://meet.example.org/ada',
  })
  place!: string | null;

  @Column('text', { default: 'scheduled' })
  @Choice({
    name: 'RoundStatus',
    values: ROUND_STATUSES,
    defaulted: true,
    filter: 'scan',
    description: 'Its state.',
  })
  status!: (typeof ROUND_STATUSES)[number];

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'What to prepare (Markdown).' })
  preparation!: string | null;

  @Column('text', { nullable: true })
  @Text({
    max: 10_000,
    nullable: true,
    search: true,
    description: 'What was asked, what you answered, what went well (Markdown).',
  })
  debrief!: string | null;
}
