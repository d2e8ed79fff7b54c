import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ConfigError } from '../platform/config/config.js';
import { EmbeddedDatabaseError } from '../platform/database/embedded/embedded-database-error.js';
import { DatabaseUnusable } from '../platform/database/source.js';
import { Problem } from '../platform/errors/problem.js';
import { commands } from './commands.js';
import { collectSooner } from './heap.js';

/** `kith <command>`: the operator's commands, usable while the program runs or by themselves. */
async function main(): Promise<void> {
  collectSooner();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      repair: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      name: { type: 'string' },
      'time-zone': { type: 'string' },
      operator: { type: 'boolean', default: false },
      charset: { type: 'string' },
      number: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [first = '', second = ''] = positionals;
  const command =
    commands.find(({ words }) => words === `${first} ${second}`.trim()) ??
    commands.find(({ words }) => words === first);
  if (!command || values.help) return usage(command ? 0 : 2);
  const given = positionals.slice(command.words.split(' ').length);
  await command.run({
    given,
    check: values.check,
    repair: values.repair,
    json: values.json,
    name: values.name ?? null,
    timeZone: values['time-zone'] ?? null,
    operator: values.operator,
    charset: values.charset ?? null,
    number: values.number ?? null,
  });
}

function usage(code: number): void {
  const widest = Math.max(...commands.map(({ usage }) => usage.length));
  const lines = commands.map(({ usage, meaning }) => `  kith ${usage.padEnd(widest)}  ${meaning}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = code;
}

main()
  .catch((error: unknown) => {
    const expected = [ConfigError, DatabaseUnusable, EmbeddedDatabaseError, Problem].some(
      (type) => error instanceof type,
    );
    const wrongCall = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(
      expected || wrongCall
        ? `${(error as Error).message}\n`
        : `${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 1;
  })
  .finally(() => process.exit());
