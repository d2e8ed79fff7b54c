import { Column, Entity } from 'typeorm';
import { Choice, Instant, Integer, Text } from '../../platform/contract/fields.js';
import { Resource } from '../../platform/contract/shapes.js';
import { staysHome } from '../../platform/contract/transfers.js';
import { Owned } from '../../platform/database/owned.js';

const STATES = ['receiving', 'checking', 'filling', 'releasing', 'undoing', 'applied', 'failed'] as const;
type TransferState = (typeof STATES)[number];

const MOST = 2 ** 31 - 1;

@Entity('transfers')
@Resource(
  'The file of a whole account on its way into this one, which is empty: checked first, and then applied whole or not at all.',
)
export class Transfer extends Owned {
  @Column('text')
  @Choice({
    name: 'TransferState',
    values: STATES,
    description:
      '`receiving`, `checking` and `filling` are in progress; `releasing` lets the rings ahead go; `undoing` takes away what was filled in; `applied` is done; `failed` says why in `failure`.',
  })
  state!: TransferState;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'The rows of the file; 0 until it is checked.' })
  total!: number;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'The rows that are done in this state.' })
  done!: number;

  @Column('integer', { nullable: true })
  @Integer({ min: 1, max: MOST, nullable: true, description: 'The line of the file that was refused, counted from 1.' })
  line!: number | null;

  @Column('text', { nullable: true })
  @Text({ max: 2_000, nullable: true, description: 'Why it failed, and what to do.' })
  failure!: string | null;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, description: 'When it was applied or failed; null while it is in progress.' })
  finishedAt!: Date | null;

  /** The length of the file. */
  @Column('bigint', { default: 0 })
  bytes!: number;

  /** Where the next line begins, in bytes, with the number of lines before it in `done`. */
  @Column('bigint', { default: 0 })
  place!: number;

  /** The place of the last row's table in the order of tables. */
  @Column('integer', { default: 0 })
  rank!: number;

  /** The settings of the account in the file, which become those of this account in the end. */
  @Column('jsonb', { nullable: true })
  settings!: object | null;

  /** Who works on it. */
  @Column('uuid', { nullable: true })
  leaseToken!: string | null;

  /** Until when the work on it is somebody's; null when there is nothing to do. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;
}

staysHome('Files on their way into this installation.', 'transfers', 'transfer_parts');
