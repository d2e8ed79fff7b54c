import { Column, Entity } from 'typeorm';
import { Choice, Id, Instant, Integer, Nested, Text } from '../../../platform/contract/fields.js';
import { keepsCopies } from '../../../platform/contract/belongings.js';
import { Part, Resource } from '../../../platform/contract/shapes.js';
import { Owned } from '../../../platform/database/owned.js';
import { PRIORITIES } from '../reminder.entity.js';

/** The longest list in a digest: nobody does more in a day. */
export const MOST_TOLD = 20;

const ID = '01977f2e-6c00-7000-8000-0123456789ab';
const EXAMPLE = {
  ...{ occurrenceId: ID, reminderId: ID, kind: 'manual', title: 'Keep in touch with Ada' },
  ...{ dueAt: '2026-03-02T10:00:00.000Z', priority: 'normal' },
};

@Part('A ring as a digest tells of it: as it was when the digest was made.')
export class DigestItem {
  @Id({ nullable: true, description: 'The ring. Null for a later repeat, which is not scheduled yet.' })
  occurrenceId!: string | null;

  @Id({ description: 'The reminder that rang. Its verbs answer the ring.' })
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
  @Instant({ description: 'When it was created. It covers what comes after that.' })
  coversFrom!: Date;

  @Column('timestamptz')
  @Instant({ description: 'The end of the period that it covers: the time of the next digest.' })
  coversUntil!: Date;

  @Column('integer')
  @Integer({ min: 0, max: 2 ** 31 - 1, description: 'How many rings of the last year have not been answered.' })
  dueCount!: number;

  @Column('integer')
  @Integer({
    min: 0,
    max: 2 ** 31 - 1,
    description: 'How many rings come before the next digest. Each repeat counts.',
  })
  upcomingCount!: number;

  @Column('jsonb')
  @Nested(() => DigestItem, {
    list: MOST_TOLD,
    description: 'The first 20 that are due, by priority and then by how long they have waited.',
  })
  due!: DigestItem[];

  @Column('jsonb')
  @Nested(() => DigestItem, { list: MOST_TOLD, description: 'The next 20, in order of time.' })
  upcoming!: DigestItem[];

  @Column('jsonb', { nullable: true })
  @Nested(() => DigestItem, {
    nullable: true,
    description: 'What to do first: the first ring that is due or, if none is, the next one.',
    example: EXAMPLE,
  })
  nextBestAction!: DigestItem | null;
}

const kept = (items: string): string => `(select coalesce(jsonb_agg(i order by n), '[]')
  from jsonb_array_elements(t.${items}) with ordinality x(i, n) where i::text not like all($3::text[]))`;

/** What a digest told of a reminder that is gone for good. */
keepsCopies({
  table: 'digests',
  redact: `update digests t set due = ${kept('due')}, upcoming = ${kept('upcoming')},
      next_best_action = case when t.next_best_action::text like any($3::text[]) then null else t.next_best_action end, version = t.version + 1
    where t.account_id = $1 and $2::uuid[] is not null
      and (t.due::text like any($3::text[]) or t.upcoming::text like any($3::text[]) or t.next_best_action::text like any($3::text[]))`,
});
