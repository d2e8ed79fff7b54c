import type { Pool } from 'pg';

/** What a poisoned row does to whoever writes it: fail, or take so many seconds. */
export type Poison = { readonly fails: string } | { readonly takes: number };

/** Poisons the rows of a table of which a condition over `new` is true, until `mend` is called. */
export class PoisonedTable {
  private constructor(
    private readonly pool: Pool,
    private readonly table: string,
  ) {}

  static async pour(
    pool: Pool,
    table: string,
    verb: 'insert' | 'update' | 'delete',
    condition: string,
    poison: Poison,
  ) {
    const row = verb === 'delete' ? 'old' : 'new';
    const harm = 'fails' in poison ? `raise exception '${poison.fails}'` : `perform pg_sleep(${poison.takes})`;
    await pool.query(`create or replace function poison_${table}() returns trigger language plpgsql as $$
      begin if ${condition} then ${harm}; end if; return ${row}; end $$`);
    await pool.query(
      `create trigger poisoned before ${verb} on ${table} for each row execute function poison_${table}()`,
    );
    return new PoisonedTable(pool, table);
  }

  async mend(): Promise<void> {
    await this.pool.query(`drop trigger poisoned on ${this.table}`);
  }
}
