import { Column, Entity } from 'typeorm';
import { Choice, Decimal, Id, Instant, Nested, Text } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';
import { CheckBackCounts, checkBackCountsSql, reliabilitySql } from './promises/reliability.js';

export const RECRUITER_KINDS = ['agency', 'in_house'] as const;
export const RECRUITER_STATUSES = ['new', 'answered', 'parked', 'engaged', 'muted'] as const;

@Entity('recruiters')
@Resource('A contact who is a recruiter. Instead of ignoring a recruiter, park them: Kith reminds you to check back.')
export class Recruiter extends Owned {
  @Column('uuid')
  @Id({ filter: true, description: 'The contact this recruiter is.' })
  contactId!: string;

  @Column('text', { default: 'agency' })
  @Choice({
    name: 'RecruiterKind',
    values: RECRUITER_KINDS,
    defaulted: true,
    filter: 'scan',
    description: 'Whether they work for an agency or for the hiring company.',
  })
  kind!: (typeof RECRUITER_KINDS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 200,
    nullable: true,
    filter: 'scan',
    search: 'name',
    description: 'The agency or the company.',
    example: 'Talent & Co',
  })
  agency!: string | null;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 50,
    list: 50,
    defaulted: true,
    filter: 'scan',
    description: 'What they recruit for.',
    example: ['typescript', 'remote'],
  })
  specialities!: string[];

  @Column('text', { default: 'new' })
  @Choice({
    name: 'RecruiterStatus',
    values: RECRUITER_STATUSES,
    defaulted: true,
    filter: 'scan',
    description: 'The state of the conversation with them.',
  })
  status!: (typeof RECRUITER_STATUSES)[number];

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, filter: true, sort: true, description: 'Until when they are parked.' })
  parkedUntil!: Date | null;

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Notes (Markdown).' })
  notes!: string | null;

  @Decimal({
    min: 0,
    max: 1,
    asked: true,
    filter: 'scan',
    sort: 'scan',
    computed: reliabilitySql,
    description:
      'How likely they come back in time, as far as is known: (kept + 1) / (kept + missed + 2) of their check-backs, to three places; 0.5 when nothing is known.',
  })
  reliability!: number;

  @Nested(() => CheckBackCounts, {
    asked: true,
    computed: checkBackCountsSql,
    description: 'Their check-backs, counted by state.',
  })
  checkBackCounts!: CheckBackCounts;

  /** The check-back of the parking that is, or that ended when they came back. Another one rings again, even when it is until the same day. */
  @Column('uuid', { nullable: true })
  parking!: string | null;
}
