import { Column, Entity } from 'typeorm';
import { Choice, Flag, Instant, Integer, Text } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { IMPORT_SOURCES } from './import-source.js';
import type { ImportSource } from './import-source.js';
import { Owned } from '../../../platform/database/owned.js';
import { staysHome, travels } from '../../../platform/contract/transfers.js';

const IMPORT_STATES = [
  'reading',
  'previewing',
  'previewed',
  'applying',
  'applied',
  'reverting',
  'reverted',
  'failed',
] as const;
type ImportState = (typeof IMPORT_STATES)[number];

const MOST = 2 ** 31 - 1;

@Entity('imports')
@Resource('A file of people on its way into the contacts: read, matched, applied, and reverted if you ask.')
export class Import extends Owned {
  @Column('text')
  @Choice({ name: 'ImportSource', values: IMPORT_SOURCES, description: 'What the file was exported from.' })
  source!: ImportSource;

  @Column('text')
  @Choice({
    name: 'ImportState',
    values: IMPORT_STATES,
    description:
      '`reading`, `previewing`, `applying` and `reverting` are in progress; `previewed` waits for its application; `failed` says why in `failure`.',
  })
  state!: ImportState;

  @Column('boolean')
  @Flag({ description: 'Whether it began as a preview, which changes no contact.' })
  preview!: boolean;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'The rows of the file; 0 until it is read.' })
  total!: number;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'The rows that are done in this state.' })
  done!: number;

  @Column('integer', { default: 0 })
  @Integer({
    min: 0,
    max: MOST,
    description: 'Contacts that were added, or would be; of a file of messages, interactions.',
  })
  created!: number;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'Contacts that existed and were changed, or would be.' })
  updated!: number;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'Contacts that existed and stay as they are.' })
  unchanged!: number;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'Rows that were skipped. Each says why.' })
  skipped!: number;

  @Column('integer', { default: 0 })
  @Integer({ min: 0, max: MOST, description: 'Added contacts, or interactions, that the reversal deleted again.' })
  reverted!: number;

  @Column('text', { array: true, default: '{}' })
  @Text({
    max: 500,
    list: 20,
    description: 'What was decided for the file as a whole: its encoding, its order of day and month.',
    example: ['The file is read as utf-8.'],
  })
  notes!: string[];

  @Column('text', { nullable: true })
  @Text({ max: 500, nullable: true, description: 'Why it failed, and what to do.' })
  failure!: string | null;

  @Column('timestamptz', { nullable: true })
  @Instant({ nullable: true, description: 'When it was applied, reverted or failed; null while it is in progress.' })
  finishedAt!: Date | null;

  /** How the file is to be read: an `ImportPlan`. */
  @Column('jsonb', { default: {} })
  plan!: object;

  /** Who works on it. A worker that has lost it writes nothing more. */
  @Column('uuid', { nullable: true })
  leaseToken!: string | null;

  /** Until when the work on it is somebody's; null when there is nothing to do. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;
}

staysHome('Files that were read here, and their reports.', 'imports', 'import_rows', 'import_files');
travels('imported_contacts', 'importedContact');
