import { Injectable } from '@nestjs/common';
import { Database } from './database.js';

/** Of a table whose file has more than twice the pages that it had when it was last analyzed, and more than ten. */
const GREW = `select c.oid from pg_class c where c.oid = $1::regclass
  and pg_relation_size(c.oid) > 2 * greatest(c.relpages, 5) * current_setting('block_size')::bigint`;

/**
 * Tells PostgreSQL that a table has grown. A session keeps its plans, those of foreign keys too, until a table that they read is
 * analyzed. What was planned on a nearly empty table may read all rows of an account for each check: 20,000
 * new rows took three times as long. Autovacuum would notice after a minute or more (PostgreSQL documentation, "Populating a Database",
 * Run ANALYZE Afterwards).
 */
@Injectable()
export class TableGrowth {
  constructor(private readonly database: Database) {}

  /**
   * Between the batches of whoever adds many rows. It costs next to nothing until the table has doubled, and then the reading of a sample.
   *
   * @param key the columns of the primary key after the account
   */
  async follow(table: string, key: readonly string[]): Promise<void> {
    const [grown] = await this.database.system({ text: GREW, values: [table] });
    if (grown)
      await this.database.system({ text: `analyze ${table} (${['account_id', ...key].join(', ')})`, values: [] });
  }
}
