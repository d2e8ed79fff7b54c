import type { DataSource } from 'typeorm';

/**
 * What TypeORM would still change on a migrated database. Indexes, foreign keys and checks live in the migrations alone
 * (entities hold columns, not relations), so TypeORM's proposals to drop them are ignored; those about columns and primary keys are not.
 */
export async function differences(source: DataSource): Promise<string[]> {
  const wanted = await source.driver.createSchemaBuilder().log();
  return wanted.upQueries
    .map(({ query }) => query)
    .filter((query) => !OURS_ALONE.some((pattern) => pattern.test(query)));
}

const OURS_ALONE = [
  /^DROP INDEX /,
  /^ALTER TABLE "\w+" DROP CONSTRAINT "\w+_(fkey\d*|check\d*|key)"$/,
  /^ALTER TABLE "\w+" DROP CONSTRAINT "[a-z_]+"$/,
];
