import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** PgBouncer in transaction mode in front of a server. Debian's package is `pgbouncer`. */
export class Pooler {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async before(server: string): Promise<Pooler> {
    const folder = await mkdtemp(join(tmpdir(), 'kith-pooler-'));
    await chmod(folder, 0o755);
    const port = await freePort();
    await writeFile(join(folder, 'pgbouncer.ini'), settings(new URL(server), port));
    const child = spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], { cwd: '/', stdio: 'ignore', ...userOfServer() });
    const pooler = new Pooler(`postgres://kith@127.0.0.1:${port}${new URL(server).pathname}`, child, folder);
    await pooler.answers();
    return pooler;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true });
  }

  private async answers(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const client = new pg.Client({ connectionString: this.url });
      const error = await client.connect().then(
        () => null,
        (failure: Error) => failure,
      );
      await client.end().catch(() => undefined);
      if (!error) return;
      if (tries === 1_200) throw error;
      await delay(50);
    }
  }
}

function settings(server: URL, port: number): string {
  const place = {
    host: server.searchParams.get('host') ?? server.hostname,
    port: server.port || '5432',
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  };
  const to = Object.entries(place).map(([name, value]) => `${name}=${value}`);
  const own = { listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '', auth_type: 'any' };
  const pool = { pool_mode: 'transaction', default_pool_size: 10, max_client_conn: 500 };
  const lines = Object.entries({ ...own, ...pool }).map(([name, value]) => `${name} = ${value}`);
  return ['[databases]', `* = ${to.join(' ')}`, '[pgbouncer]', ...lines, ''].join('\n');
}

/** PgBouncer refuses to run as root, and only its own user may use the socket of a server that root started. */
function userOfServer(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: number('-u'), gid: number('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
