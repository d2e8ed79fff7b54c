import { declareReference } from '../contract/references.js';
import { Column, Entity } from 'typeorm';
import { Id, Instant, Integer, Text } from '../contract/fields.js';
import { Resource } from '../contract/shapes.js';
import { Owned } from '../database/owned.js';

@Entity('failures')
@Resource(
  'Work of the program itself for this account that failed and was set aside, so that the rest goes on. It is tried again by itself, and is gone once it is done.',
)
export class Failure extends Owned {
  @Column('text')
  @Text({ max: 60, filter: 'scan', description: 'The job that failed.', example: 'fan out' })
  job!: string;

  @Column('text')
  @Text({ max: 60, filter: 'scan', description: 'What it failed on, as a noun.', example: 'event' })
  subjectType!: string;

  @Column('uuid')
  @Id({ filter: true, description: 'The id of what it failed on.' })
  subjectId!: string;

  @Column('text')
  @Text({ max: 500, description: 'Why it failed the last time.', example: 'It took too long.' })
  reason!: string;

  /** What the database said, or the program, which may hold values of the row: for the operator only. */
  @Column('text', { nullable: true })
  cause!: string | null;

  @Column('integer', { default: 1 })
  @Integer({ min: 1, max: 2 ** 31 - 1, description: 'How often it was tried by itself.' })
  tries!: number;

  @Column('timestamptz')
  @Instant({
    filter: 'scan',
    description:
      'When it is tried again: after two seconds at first, then after twice as long each time, up to six hours.',
  })
  nextTryAt!: Date;
}

declareReference({
  table: 'failures',
  column: 'subject_id',
  to: { nounIn: 'subject_type' },
  moves: { stays: 'It says on what the program failed, and is gone once that is done.' },
});
