import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { Part, Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';
import { PRIORITIES } from '../reminder.entity.js';

/** Of each list: more than this nobody does in a day. */
export const MOST_TOLD = 20;

const ID = '01977f2e-6c00-7000-8000-0123456789ab';
const EXAMPLE = {
  ...{ occurrenceId: ID, reminderId: ID, kind: 'manual', title: 'Keep in touch with Ada' },
  ...{ dueAt: '2026-03-02T10:00:00.000Z', priority: 'normal' },
};

@Part('A ring as a digest tells of it: as it was when the digest was made.')
export class DigestItem {
  @Id({ nullable: true, description: 'The ring; null for a later one of what repeats, which is not scheduled yet.' })
  occurrenceId!: string | null;

  @Id({ description: 'The reminder whose ring it is; its verbs answer it.' })
  reminderId!: string;

  @Text({ max: 60, description: "The reminder's kind.", example: 'manual' })
  kind!: string;

  @Text({ max: 300, description: 'What to do.', example: 'Keep in touch with Ada' })
  title!: string;

  @Instant({ description: 'When it is due.' })
  dueAt!: Date;

  @Choice({ name: 'Priority', values: PRIORITIES, description: 'How much it matters.', example: 'normal' })
  priority!: (typeof PRIORITIES)[number];
}

@Entity('digests')
@Resource('What is due and what comes, told once a day or once a week. Kept for a year.')
export class Digest extends Owned {
  @Column('text')
  @Choice({ name: 'DigestSpan', values: ['daily', 'weekly'], filter: 'scan', description: 'How often they come.' })
  period!: 'daily' | 'weekly';

  @Column('timestamptz')
  @Instant({ description: 'When it was made: it tells what comes from then on.' })
  coversFrom!: Date;

  @Column('timestamptz')
  @Instant({ description: 'Until when it tells what comes: the time of the next digest.' })
  coversUntil!: Date;

  @Column('integer')
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How many rings of the last year nobody has answered yet.' })
  dueCount!: number;

  @Column('integer')
  @Integer({
    min: 0,
    max: 2 ** 31 - 1,
    description: 'How many rings come until the next digest; of what repeats, each counts.',
  })
  upcomingCount!: number;

  @Column('jsonb')
  @Nested(() => DigestItem, {
    list: MOST_TOLD,
    description: 'The first 20 that are due: the highest priority first, and among equals the one that waits longest.',
  })
  due!: DigestItem[];

  @Column('jsonb')
  @Nested(() => DigestItem, { list: MOST_TOLD, description: 'The first 20 that come, the soonest first.' })
  upcoming!: DigestItem[];

  @Column('jsonb', { nullable: true })
  @Nested(() => DigestItem, {
    nullable: true,
    description: 'What to do first: the first that is due; when nothing is, the first that comes.',
    example: EXAMPLE,
  })
  nextBestAction!: DigestItem | null;
}
