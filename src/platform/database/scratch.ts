import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { newId } from '../../kit/ids.js';
import type { Config } from '../config/config.js';
import { openEmbedded } from './embedded/embedded-server.js';
import { connect, dataSource, migrate, withDatabase } from './source.js';
import type { Schema } from './source.js';

/** A migrated database that is not shared. */
export interface Scratch {
  readonly source: DataSource;
  readonly pool: Pool;
  readonly url: string;
}

/** Runs a function on a temporary migrated database on the configured server, and drops it afterwards. */
export async function onScratchDatabase<R>(
  config: Config,
  schema: Schema,
  work: (scratch: Scratch) => Promise<R>,
): Promise<R> {
  const server = config.databaseUrl ? null : await openEmbedded({ folder: config.dataFolder, log: () => undefined });
  const url = config.databaseUrl ?? server?.url ?? '';
  const admin = dataSource({ url, pool: 1, entities: [], migrations: [] });
  await connect(admin);
  const name = `kith_scratch_${newId().replaceAll('-', '')}`;
  try {
    await admin.query(`create database ${name}`);
    return await onMigrated(withDatabase(url, name), schema, work);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.destroy();
    await server?.close();
  }
}

async function onMigrated<R>(url: string, schema: Schema, work: (scratch: Scratch) => Promise<R>): Promise<R> {
  const source = dataSource({ url, pool: 2, ...schema });
  const pool = await connect(source);
  try {
    await migrate(source);
    return await work({ source, pool, url });
  } finally {
    await source.destroy();
  }
}
