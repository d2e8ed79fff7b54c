import { Column, Entity } from 'typeorm';
import { Choice } from '../../../platform/contract/fields.js';
import { Resource } from '../../../platform/contract/shapes.js';
import { travels } from '../../../platform/contract/transfers.js';
import { Owned } from '../../../platform/database/owned.js';

const REASONS = ['trash', 'request'] as const;

@Entity('erasures')
@Resource('A contact who is gone for good: its id, and nothing about the person.')
export class Erasure extends Owned {
  @Column('text')
  @Choice({
    name: 'ErasureReason',
    values: REASONS,
    filter: 'scan',
    description: '`trash`: deleted for 30 days; `request`: erased, with every copy.',
  })
  reason!: (typeof REASONS)[number];

  /** What an import would know the person by: each hashed with the secret of the account. */
  @Column('bytea', { array: true, default: '{}' })
  hashes!: Buffer[];
}

travels('erasure_salts', 'erasureSalt');
