import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';
import pg from 'pg';
import type { Pool } from 'pg';
import { knowZonesOfDatabase } from '../contract/time-zones.js';
import { SnakeNaming } from '../contract/naming.js';
import { knowMigrations } from './schema-age.js';

const OLDEST_POSTGRESQL = 150_000;
/** All processes of an installation agree on this number: one of them migrates, the others wait. */
const MIGRATION_LOCK = 7_174_111_480;

/** The database cannot be used. The message says why and what to do, never a password. */
export class DatabaseUnusable extends Error {}

/** The entities and the migrations. */
export interface Schema {
  readonly entities: readonly Type[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

interface SourceSettings extends Schema {
  readonly url: string;
  readonly pool: number;
  /** Whether there is a pooler in between, which refuses session settings. */
  readonly pooled?: boolean;
}

/** With its default of 0.5, trigrams find almost no name with two wrong letters; the search by `q` needs less. */
const LIKENESS = '-c pg_trgm.strict_word_similarity_threshold=0.33';
/** A statement computes on one core: five slow reads of one account, each with two helpers, left the program itself none. */
const ALONE = '-c max_parallel_workers_per_gather=0';
const SESSION = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 30_000,
  options: `${LIKENESS} ${ALONE}`,
};

export function dataSource({ url, pool, entities, migrations, pooled = false }: SourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    poolSize: pool,
    poolErrorHandler: () => undefined,
    connectTimeoutMS: 5_000,
    extra: {
      types: { getTypeParser },
      ...(pooled ? {} : SESSION),
      application_name: 'kith',
    },
  });
}

/** Connects, with a clear message when the server cannot be reached or is too old. */
export async function connect(source: DataSource): Promise<Pool> {
  try {
    await source.initialize();
  } catch (error) {
    throw new DatabaseUnusable(`The PostgreSQL server of DATABASE_URL cannot be used: ${reasonOf(error)}.`);
  }
  const rows = await source.query<{ version: number }[]>(
    `select current_setting('server_version_num')::int as version`,
  );
  const version = rows[0]?.version ?? 0;
  if (version >= OLDEST_POSTGRESQL) {
    const zones = await source.query<{ name: string }[]>('select name from pg_timezone_names');
    knowZonesOfDatabase(zones.map(({ name }) => name));
    knowMigrations(source.migrations.map(({ name, constructor }) => name ?? constructor.name));
    return poolOf(source);
  }
  await source.destroy();
  throw new DatabaseUnusable(
    `PostgreSQL 15 or newer is needed; the server of DATABASE_URL is ${Math.floor(version / 10_000)}.`,
  );
}

/** Brings the schema up to date, forward only. Processes that start together take turns. */
export async function migrate(source: DataSource): Promise<number> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('set statement_timeout = 0');
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return (await source.runMigrations()).length;
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.query('reset statement_timeout');
    await runner.release();
  }
}

/** The address of another database on the same server. */
export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

/** TypeORM's own pool of `pg` clients: one pool for migrations, reads and writes. */
function poolOf(source: DataSource): Pool {
  return (source.driver as unknown as { master: Pool }).master;
}

/** A pool that has not connected yet: enough to build the program and inspect it. */
export function idlePool(url: string): Pool {
  return new pg.Pool({ connectionString: url, types: { getTypeParser } as pg.CustomTypesConfig });
}

/** Dates stay texts, because a calendar date has no zone; 64-bit counts become numbers, because ours stay far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === pg.types.builtins.DATE) return (text: string) => text;
  if (oid === pg.types.builtins.INT8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : 'it does not answer';
}
