import { Column } from 'typeorm';
import { Choice, Decimal, Instant, Integer, Nested, Period } from '../../platform/contract/fields.js';
import { TIERS } from './cadence.js';
import { Meeting } from './contact-meeting.entity.js';
import { LEVELS, levelSql, urgencySql } from './levels.js';
import { WarmthParts, warmthPartsSql, warmthSql } from './warmth.js';

/** The part of a contact that says how often to be in touch, and how late that is. */
export abstract class Rhythm extends Meeting {
  @Column('text', { nullable: true })
  @Choice({
    name: 'Tier',
    values: TIERS,
    nullable: true,
    filter: 'scan',
    description: 'How close they are; sets the cadence unless `keepInTouchEvery` is given.',
  })
  tier!: (typeof TIERS)[number] | null;

  @Column('text', { nullable: true })
  @Period({ nullable: true, description: 'How often to be in touch: the cadence, an ISO 8601 period.', example: 'P3M' })
  keepInTouchEvery!: string | null;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, filter: true, sort: true, description: 'The last interaction that counts as a touch.' })
  lastTouchAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  @Instant({
    nullable: true,
    filter: true,
    sort: true,
    description: 'When the next touch is due, calculated from the last one and the cadence.',
  })
  nextTouchAt!: Date | null;

  /** The whole days of the cadence that `nextTouchAt` is derived from. */
  @Column('integer', { nullable: true })
  cadenceDays!: number | null;

  @Decimal({
    min: -100_000,
    max: 1_000_000,
    nullable: true,
    filter: 'scan',
    sort: 'scan',
    computed: urgencySql,
    description:
      'Whole days overdue divided by the days of the cadence; negative while there is time, null without a cadence.',
  })
  urgency!: number | null;

  @Choice({
    name: 'KeepInTouchLevel',
    values: LEVELS,
    nullable: true,
    filter: 'scan',
    computed: levelSql,
    description:
      'The urgency as a level: `due` from 0 on, `overdue` from 0.5, `fading` from 1; null without a cadence.',
  })
  level!: (typeof LEVELS)[number] | null;

  @Integer({
    min: 0,
    max: 100,
    asked: true,
    filter: 'scan',
    sort: 'scan',
    computed: warmthSql,
    description: 'How warm the relationship is, from 0 to 100: the sum of the parts of `warmthParts`.',
  })
  warmth!: number;

  @Nested(() => WarmthParts, {
    asked: true,
    computed: warmthPartsSql,
    description: 'What the warmth is made of, and the counts behind it.',
  })
  warmthParts!: WarmthParts;

  /** When a ring of the rhythm was dismissed: "not this time". */
  @Column('timestamptz', { nullable: true })
  touchWaivedAt!: Date | null;
}
