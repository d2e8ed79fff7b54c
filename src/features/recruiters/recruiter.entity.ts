import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, Text } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';

export const RECRUITER_KINDS = ['agency', 'in_house'] as const;
export const RECRUITER_STATUSES = ['new', 'answered', 'parked', 'engaged', 'muted'] as const;

@Entity('recruiters')
@Resource('A contact in the role of a recruiter. None is ever ignored: by default they are asked to check back later.')
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
    description: 'Of an agency, or of the company that hires.',
  })
  kind!: (typeof RECRUITER_KINDS)[number];

  @Column('text', { nullable: true })
  @Text({
    max: 200,
    nullable: true,
    filter: 'scan',
    search: true,
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
    description: 'Where things stand with them.',
  })
  status!: (typeof RECRUITER_STATUSES)[number];

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, filter: true, sort: true, description: 'When they were asked to check back.' })
  parkedUntil!: Date | null;

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Notes (Markdown).' })
  notes!: string | null;

  /** Which parking it is: another one rings again, even when it is until the same day. */
  @Column('uuid', { nullable: true })
  parking!: string | null;
}
