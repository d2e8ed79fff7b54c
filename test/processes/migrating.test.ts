import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrations } from '../../src/app/data-source.js';
import { connect, dataSource, migrate } from '../../src/platform/database/source.js';
import { chance } from './chance.js';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import { migrationsOf, schemaOf } from './schema.js';
import { tell } from '../harness/figures.js';

/** `KITH_MIGRATION_KILLS=20` for a long run. */
const SHORT = 4;
const KILLS = Number(process.env.KITH_MIGRATION_KILLS ?? SHORT);
const name = `kith_test_migrating_${process.pid}`;

let installation: Installation;
let admin: pg.Client;
let url: string;
/** The schema after so many migrations, made one after the other in this process. */
const schemas: string[][] = [];

beforeAll(async () => {
  installation = await Installation.open();
  admin = new pg.Client({ connectionString: installation.database.url });
  await admin.connect();
  url = Object.assign(new URL(installation.database.url), { pathname: `/${name}` }).toString();
  await emptied();
  for (let count = 0; count <= migrations.length; count += 1) {
    await migrateTo(count);
    schemas.push(await schemaOf(url));
  }
});

afterAll(async () => {
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  await installation.close();
});

async function emptied(): Promise<void> {
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template template0`);
}

/** What an older release left: its migrations, and not the newer ones. */
async function migrateTo(count: number): Promise<void> {
  if (count === 0) return;
  const source = dataSource({ url, pool: 2, entities: [], migrations: migrations.slice(0, count) });
  await connect(source);
  await migrate(source);
  await source.destroy();
}

function starting(): Child {
  return installation.launch('test/processes/migrating-process.ts', { DATABASE_URL: url });
}

/** Two connections that begin at once; they take the same turns as two processes. */
async function bothTo(count: number): Promise<void> {
  await Promise.all([migrateTo(count), migrateTo(count)]);
}

/** Two that start at once: processes in a long run, else connections of this one. */
async function startTwo(): Promise<void> {
  if (KILLS <= SHORT) return bothTo(migrations.length);
  const pair = [starting(), starting()];
  expect(await Promise.all(pair.map((child) => child.ended()))).toEqual([0, 0]);
}

test('K5: two that start at once on each older schema make the next one', async () => {
  await emptied();
  for (let count = 1; count <= migrations.length; count += 1) {
    await bothTo(count);
    expect(await schemaOf(url)).toEqual(schemas[count]);
  }
});

/** Each older schema in a long run; else an empty database, and one from the middle. */
const OLDER = KILLS > SHORT ? [...migrations.keys()] : [0, Math.floor(migrations.length / 2)];

test('K5: two that start at once, on an empty and on an older schema, make the newest one', async () => {
  expect(schemas[0]).toEqual([]);
  for (const count of OLDER) {
    await emptied();
    await migrateTo(count);
    await startTwo();
    expect(await schemaOf(url)).toEqual(schemas.at(-1));
  }
}, 300_000);

const TITLE = `K5: ${KILLS} kills -9 in the middle of migrations leave a schema between two of them, never half of one`;

/** How many migrations there are once the process is killed, after so many of them and a moment. */
async function killed(afterCount: number, milliseconds: number): Promise<number> {
  await emptied();
  const child = starting();
  while (child.isRunning && (await migrationsOf(url)).length < afterCount) await delay(1);
  await delay(milliseconds);
  await child.kill();
  // Its session may still carry out the statement it was sent.
  await installation.untilNumber(
    'its sessions end',
    1,
    `select (count(*) = 0)::int from pg_stat_activity where datname = '${name}'`,
  );
  return (await migrationsOf(url)).length;
}

async function endWhole(): Promise<void> {
  const random = chance(7);
  const counts: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const count = await killed(Math.floor(random() * migrations.length), random() * 12);
    expect(await schemaOf(url)).toEqual(schemas[count]);
    counts.push(count);
    expect(await starting().ended()).toBe(0);
    expect(await schemaOf(url)).toEqual(schemas.at(-1));
  }
  expect(counts.some((count) => count > 0 && count < migrations.length)).toBe(true);
  tell(`${TITLE}: killed after ${counts.join(', ')} of ${migrations.length}; whole again each time.`);
}

test(TITLE, endWhole, 60_000 + KILLS * 30_000);
