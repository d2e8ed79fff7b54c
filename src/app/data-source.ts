import { readdirSync } from 'node:fs';
import type { MigrationInterface } from 'typeorm';
import { storedTypes } from '../platform/contract/tables.js';
import './app.module.js';

type Migration = new () => MigrationInterface;

const FOLDER = new URL('../../migrations/', import.meta.url);

/** Every entity, for TypeORM: those that the features of app.module.ts have declared. */
export const entities = storedTypes();

/** Every migration, in the order of the numbers in the file names. */
export const migrations = await migrationsOf(FOLDER);

async function migrationsOf(folder: URL): Promise<readonly Migration[]> {
  const files = readdirSync(folder).filter((name) => /^\d{4}-[\w-]+\.[jt]s$/.test(name));
  const found: Migration[] = [];
  for (const file of files.sort()) {
    const [migration, ...more] = Object.values((await import(new URL(file, folder).href)) as object) as Migration[];
    if (!migration || more.length > 0) throw new Error(`migrations/${file} exports one class, its migration.`);
    found.push(migration);
  }
  return found;
}
