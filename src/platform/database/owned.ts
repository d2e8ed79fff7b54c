import { Column, PrimaryColumn } from 'typeorm';
import { Id, Instant, Integer } from '../contract/fields.js';

/** What every row has. The account carries no field decorator, so it never leaves. */
export abstract class Owned {
  @PrimaryColumn('uuid')
  accountId!: string;

  @PrimaryColumn('uuid')
  @Id({ description: 'Its id, a UUIDv7: ids follow creation.', filter: true })
  id!: string;

  @Column('timestamptz')
  @Instant({ description: 'When it was made.', filter: 'scan' })
  createdAt!: Date;

  @Column('timestamptz')
  @Instant({ description: 'When it last changed.', filter: 'scan' })
  updatedAt!: Date;

  @Column('integer', { default: 1 })
  @Integer({ description: 'Counts its changes, from 1.', min: 1, max: 2 ** 31 - 1 })
  version!: number;
}
