import { readFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { isTimeZone } from '../kit/instants.js';
import { InstallationService } from '../features/accounts/installation.service.js';
import { localTimeZone } from '../features/accounts/account.entity.js';
import { ImportCommand } from '../features/contacts/imports/import-command.service.js';
import { Config, ConfigError } from '../platform/config/config.js';
import { AppModule } from './app.module.js';
import { differences } from '../platform/database/drift.js';
import { onScratchDatabase } from '../platform/database/scratch.js';
import { entities, migrations } from './data-source.js';
import { openDependencies } from './dependencies.js';
import type { OpenDependencies } from './dependencies.js';
import { doctor } from './doctor.js';
import { Stopping } from './stopping.js';

/** The exit code of a command that a signal ended. */
const INTERRUPTED = 130;

interface Call {
  readonly given: readonly string[];
  readonly check: boolean;
  readonly repair: boolean;
  readonly json: boolean;
  readonly name: string | null;
  readonly timeZone: string | null;
  readonly operator: boolean;
}

interface Command {
  readonly words: string;
  readonly usage: string;
  readonly meaning: string;
  readonly run: (call: Call) => Promise<void>;
}

export const commands: readonly Command[] = [
  { words: 'serve', usage: 'serve', meaning: 'Run the program; ROLES chooses what it does.', run: serve },
  { words: 'migrate', usage: 'migrate', meaning: 'Bring the database schema up to date.', run: migrateSchema },
  {
    words: 'migrations',
    usage: 'migrations --check',
    meaning: 'Check that the migrations produce the tables of the entities.',
    run: checkMigrations,
  },
  {
    words: 'accounts create',
    usage: 'accounts create --name NAME [--time-zone ZONE]',
    meaning: 'Create an account; prints its key once.',
    run: createAccount,
  },
  {
    words: 'keys create',
    usage: 'keys create ACCOUNT [--name NAME] [--operator]',
    meaning: 'Create another key of an account; prints it once. With --operator it may create accounts.',
    run: createKey,
  },
  {
    words: 'import linkedin',
    usage: 'import linkedin FILE [ACCOUNT]',
    meaning: "Import LinkedIn's Connections.csv.",
    run: importLinkedIn,
  },
  {
    words: 'doctor',
    usage: 'doctor [--repair] [--json]',
    meaning:
      'List what is broken in the data of the installation; exits with 1 if something is. With --repair it is mended.',
    run: examine,
  },
];

async function serve(): Promise<void> {
  await import('./main.js');
  await new Promise(() => undefined);
}

async function migrateSchema(): Promise<void> {
  await withDependencies(Config.read(), () => Promise.resolve());
  say('The schema is up to date.');
}

/** Runs the migrations on a temporary database and lists what TypeORM would still change. */
async function checkMigrations(): Promise<void> {
  const found = await onScratchDatabase(Config.read(), { entities, migrations }, ({ source }) => differences(source));
  if (found.length === 0) return say('The migrations produce the tables of the entities.');
  process.stderr.write(`No migration produces what the entities declare:\n  ${found.join('\n  ')}\n`);
  process.exitCode = 1;
}

async function createAccount({ name, timeZone }: Call): Promise<void> {
  if (!name) throw new ConfigError('Name the account: --name NAME');
  const zone = timeZone ?? localTimeZone();
  if (!isTimeZone(zone)) throw new ConfigError(`--time-zone ${zone} is not an IANA time zone.`);
  await withProgram(async (app) => {
    const { accountId, secret } = await app.get(InstallationService).addAccount(name, zone);
    say(`Account ${accountId}. Its key, shown this once:\n${secret}`);
  });
}

async function createKey({ given: [account], name, operator }: Call): Promise<void> {
  await withProgram(async (app) => {
    const secret = await app.get(InstallationService).addKey(account ?? null, name ?? 'Made by the operator', operator);
    say(`A new key, shown this once:\n${secret}`);
  });
}

async function importLinkedIn({ given: [file, account] }: Call): Promise<void> {
  if (!file) throw new ConfigError('Say which file: kith import linkedin Connections.csv');
  const bytes = await readFile(file);
  await withProgram(async (app) => {
    const actor = await app.get(InstallationService).operatorOf(account ?? null);
    const { it, told } = await app.get(ImportCommand).run(actor, bytes);
    if (it.state === 'failed') throw new ConfigError(it.failure ?? 'The import failed.');
    say(`${it.created} added, ${it.updated} updated, ${it.unchanged} unchanged, ${it.skipped} skipped.`);
    for (const { line, problems } of told) say(`  line ${line}: ${problems.join(' ')}`);
  });
}

/** It has the role of no worker: otherwise it would be the worker that it asks for. */
async function examine({ repair, json }: Call): Promise<void> {
  await withProgram(async (app) => {
    const left = await doctor(app, { repair, json, say });
    process.exitCode = left === 0 ? 0 : 1;
  }, Config.readFor('api'));
}

async function withProgram(
  work: (app: INestApplicationContext) => Promise<void>,
  config = Config.read(),
): Promise<void> {
  await withDependencies(config, async (stopping, dependencies) => {
    const app = await stopping.step(
      () => NestFactory.createApplicationContext(AppModule.forRoot(dependencies), { logger: dependencies.log }),
      (made) => () => made.close(),
    );
    await work(app);
  });
}

/** A command that is interrupted stops the database server that it has started. */
async function withDependencies(
  config: Config,
  work: (stopping: Stopping, dependencies: OpenDependencies) => Promise<void>,
): Promise<void> {
  const stopping = new Stopping(() => process.exit(INTERRUPTED));
  if (config.databaseUrl === null) stopping.listen();
  const dependencies = await stopping.step(
    () => openDependencies(config),
    (opened) => () => opened.close(),
  );
  try {
    await work(stopping, dependencies);
  } finally {
    await stopping.close();
  }
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
