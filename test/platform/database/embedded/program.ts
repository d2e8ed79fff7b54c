import { Client } from 'pg';
import { openEmbedded } from '../../../../src/platform/database/embedded/embedded-server.js';

/**
 * A program that uses the embedded database, run by the tests as a process of its own:
 * `node program.js hold|write|arch <folder>`. It answers with one JSON value a line; a line on stdin closes it.
 */
function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Inserts 1, 2, 3, … and tells each number after its commit. */
async function write(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query('create table if not exists written (id bigint generated always as identity, run text, n int)');
  const run = String(process.pid);
  for (let n = 1; ; n++) {
    await client.query('insert into written (run, n) values ($1, $2)', [run, n]);
    tell({ run, n });
  }
}

const [mode, folder = ''] = process.argv.slice(2);
const log: string[] = [];
try {
  if (mode === 'arch') Object.defineProperty(process, 'arch', { value: 's390x' });
  const server = await openEmbedded({ folder, log: (sentence) => log.push(sentence) });
  tell({ ...server, log, uid: process.getuid?.() });
  if (mode === 'write') await write(server.url);
  // In mode 'leave' nothing is left to do, and the process must end by itself.
  if (mode === 'hold') {
    process.stdin.once('data', () => {
      void server.close().then(() => {
        tell({ closed: true });
        process.stdin.destroy();
      });
    });
  }
} catch (error) {
  const { name, message } = error as Error;
  tell({ error: name, message });
}
