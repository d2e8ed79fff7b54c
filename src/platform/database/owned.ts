import { Column, PrimaryColumn } from 'typeorm';
import { Id, Instant, Integer } from '../contract/fields.js';

/** The columns of every owned row. The account has no field decorator, so it is never returned. */
export abstract class Owned {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  @Id({ description: 'Its id, a UUIDv7: later ids sort after earlier ones.', filter: true })
  id!: string;

  @Column('timestamptz')
  @Instant({ description: 'When it was created.', filter: 'scan' })
  createdAt!: Date;

  @Column('timestamptz')
  @Instant({ description: 'When it last changed.', filter: 'scan' })
  updatedAt!: Date;

  @Column('integer', { default: 1 })
  @Integer({
    description: 'The number of its version: 1 when created, one more with each change.',
    min: 1,
    max: 2 ** 31 - 1,
  })
  version!: number;
}
