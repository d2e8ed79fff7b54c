import 'reflect-metadata';
import { Config } from '../../src/platform/config/config.js';
import { openDependencies } from '../../src/app/dependencies.js';

/** What the program does first, and no more: it opens the database and brings its schema up to date. */
const dependencies = await openDependencies(Config.read());
await dependencies.close();
process.stdout.write('current\n');
