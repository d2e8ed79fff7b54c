import { Column, Entity } from 'typeorm';
import { Choice, Text } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { Owned } from '../../platform/database/owned.js';

export const INTENTS = ['practice', 'explore', 'serious'] as const;
export const STAGES = ['screening', 'interviewing', 'final', 'offer', 'ended'] as const;
export const EXITS = ['final', 'offer', 'none'] as const;
export const OUTCOMES = ['accepted', 'declined', 'rejected', 'withdrawn', 'ghosted'] as const;

@Entity('interviews')
@Resource('A process of interviews with one company: for practice, to explore, or in earnest.')
export class Interview extends Owned {
  @Column('text')
  @Text({ max: 200, filter: 'scan', search: 'name', description: 'The company.', example: 'Analytical Engines' })
  company!: string;

  @Column('text')
  @Text({ max: 200, search: 'name', description: 'The role.', example: 'Staff engineer' })
  role!: string;

  @Column('text')
  @Choice({
    name: 'Intent',
    values: INTENTS,
    filter: 'scan',
    description: 'Why you take part: for practice, to explore, or seriously.',
  })
  intent!: (typeof INTENTS)[number];

  @Column('text', { default: 'screening' })
  @Choice({
    name: 'InterviewStage',
    values: STAGES,
    defaulted: true,
    filter: 'scan',
    description: 'The stage it has reached.',
  })
  stage!: (typeof STAGES)[number];

  @Column('text')
  @Choice({
    name: 'ExitPoint',
    values: EXITS,
    defaulted: true,
    filter: 'scan',
    description: 'The stage before which to stop; default `final` for practice, none otherwise.',
  })
  exitBefore!: (typeof EXITS)[number];

  @Column('text', { nullable: true })
  @Choice({ name: 'InterviewOutcome', values: OUTCOMES, nullable: true, filter: 'scan', description: 'How it ended.' })
  outcome!: (typeof OUTCOMES)[number] | null;

  @Column('text', { nullable: true })
  @Text({ max: 10_000, nullable: true, search: true, description: 'Notes (Markdown).' })
  notes!: string | null;
}
