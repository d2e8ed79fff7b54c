import { Column, Entity } from 'typeorm';
import { companyKey } from '../../../kit/company-name.js';
import { Flag, Id, LocalDate, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';
import { Precision } from '../date-precision.js';
import type { DatePrecision } from '../date-precision.js';
import { isCurrentSql } from './current-jobs.js';

@Entity('employments')
@Resource('A job that a contact has or had, or one of your own.')
export class Employment extends Owned {
  @Column('uuid', { nullable: true })
  @Id({
    nullable: true,
    filter: true,
    description: 'The contact; null for a job of your own.',
    example: '01977f2e-6c00-7000-8000-0123456789ab',
  })
  contactId!: string | null;

  @Column('boolean', { default: false })
  @Flag({ defaulted: true, filter: 'scan', description: 'Whether it is a job of your own. Then it has no contact.' })
  mine!: boolean;

  @Column('text')
  @Text({
    max: 200,
    search: 'name',
    key: { property: 'companyKey', of: companyKey },
    description: 'The company.',
    example: 'Analytical Engines',
  })
  company!: string;

  /** What the company is compared by. */
  @Column('text')
  companyKey!: string;

  @Column('text', { nullable: true })
  @Text({ max: 200, nullable: true, search: true, description: 'The job title.', example: 'Programmer' })
  title!: string | null;

  @Column('date', { nullable: true })
  @LocalDate({
    nullable: true,
    filter: true,
    sort: true,
    description: 'The first day; null if it is not known.',
    example: '2024-05-01',
  })
  startedOn!: string | null;

  @Column('text', { default: 'day' })
  @Precision('startedOn')
  startedOnPrecision!: DatePrecision;

  @Column('date', { nullable: true })
  @LocalDate({ nullable: true, description: 'The day on which it ended; null while it lasts.' })
  endedOn!: string | null;

  @Column('text', { default: 'day' })
  @Precision('endedOn')
  endedOnPrecision!: DatePrecision;

  @Flag({
    computed: isCurrentSql,
    filter: 'scan',
    description: 'Whether it has begun and has not ended: from the day of `endedOn` on it is over.',
  })
  current!: boolean;
}
