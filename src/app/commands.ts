import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { isTimeZone } from '../kit/instants.js';
import { InstallationService } from '../features/accounts/installation.service.js';
import { localTimeZone } from '../features/accounts/account.entity.js';
import type { ImportSource } from '../features/contacts/imports/import-source.js';
import { Config, ConfigError } from '../platform/config/config.js';
import { AppModule } from './app.module.js';
import { differences } from '../platform/database/drift.js';
import { onScratchDatabase } from '../platform/database/scratch.js';
import { entities, migrations } from './data-source.js';
import { openDependencies } from './dependencies.js';
import type { OpenDependencies } from './dependencies.js';
import { doctor } from './doctor.js';
import { importFile } from './import-file.js';
import { ProgressLine } from './progress-line.js';
import { seed } from './seed/seed.js';
import { Stopping } from './stopping.js';

/** The exit code of a command that a signal ended. */
const INTERRUPTED = 130;

/** Each has its own account. */
const MOST_SEEDS = 2 ** 31 - 1;

interface Call {
  readonly given: readonly string[];
  readonly check: boolean;
  readonly repair: boolean;
  readonly json: boolean;
  readonly name: string | null;
  readonly timeZone: string | null;
  readonly operator: boolean;
  readonly charset: string | null;
  readonly number: string | null;
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
  ...imports({
    linkedin: ['linkedin', "Import LinkedIn's Connections.csv."],
    'linkedin-messages': ['linkedin_messages', "Log LinkedIn's messages.csv as interactions."],
    google: ['google', 'Import the CSV file of Google Contacts.'],
    outlook: ['outlook', 'Import a CSV file of Outlook.'],
    csv: ['csv', 'Import any table of people.'],
    vcard: ['vcard', 'Import a file of vCards.'],
  }),
  {
    words: 'seed',
    usage: 'seed [ACCOUNT] [--number N]',
    meaning:
      'Fill an empty account with a made-up network of 300 contacts over two years; the same number makes the same.',
    run: seedAccount,
  },
  {
    words: 'doctor',
    usage: 'doctor [--repair] [--json]',
    meaning:
      'List what is broken in the data of the installation; exits with 1 if something is. With --repair it is mended.',
    run: examine,
  },
];

/** A command for each kind of file. */
function imports(kinds: Readonly<Record<string, readonly [source: ImportSource, meaning: string]>>): Command[] {
  return Object.entries(kinds).map(([name, [source, meaning]]) => ({
    words: `import ${name}`,
    usage: `import ${name} FILE [ACCOUNT] [--charset NAME]`,
    meaning,
    run: async ({ given: [file, account], charset }) => {
      if (!file) throw new ConfigError(`Say which file: kith import ${name} FILE`);
      await withProgram((app) => importFile(app, { source, file, account: account ?? null, charset, say }));
    },
  }));
}

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

/** It has the role of no worker, so that what is due rings where the program runs. */
async function seedAccount({ given: [account], number: chosen }: Call): Promise<void> {
  const number = Number(chosen ?? 1);
  if (!Number.isInteger(number) || number < 0 || number > MOST_SEEDS)
    throw new ConfigError(`--number ${chosen} is not a whole number from 0 to ${MOST_SEEDS}.`);
  const line = new ProgressLine(process.stderr);
  const show = (done: number, total: number): void => line.show(done, total);
  const end = (sentence: string): void => (line.end(), say(sentence));
  await withProgram((app) => seed(app, { account: account ?? null, number, say: end, show }), Config.readFor('api'));
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
