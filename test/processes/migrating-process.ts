import 'reflect-metadata';
import { Config } from '../../src/platform/config/config.js';
import { openGround } from '../../src/app/ground.js';

/** What the program does first, and no more: it opens the database and brings its schema up to date. */
const ground = await openGround(Config.read());
await ground.close();
process.stdout.write('current\n');
