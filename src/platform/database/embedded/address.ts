import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NAME } from './cluster.js';
import { EmbeddedDatabaseError } from './embedded-database-error.js';
import type { Place } from './place.js';
import type { PostmasterFile } from './postmaster-file.js';

/** Where a server listens: a unix socket in its own folder, or a loopback port where unix sockets do not exist. */
export interface Address {
  /** Empty for loopback. */
  socketFolder: string;
  port: number;
}

/** sun_path holds 104 bytes on macOS and 108 on Linux, its closing NUL included. */
const LONGEST_SOCKET_PATH = 103;
const USUAL_PORT = 5432;

/** The address of a running server: what it wrote itself, so that a moved TMPDIR does not matter. */
export function addressOf(file: PostmasterFile): Address {
  return { socketFolder: file.socketFolder, port: file.port };
}

/** The address for a server that is about to start. */
export async function newAddress(place: Place): Promise<Address> {
  if (process.platform === 'win32') return { socketFolder: '', port: await freePort() };
  const near = join(place.home, 'socket');
  const isShort = Buffer.byteLength(join(near, `.s.PGSQL.${USUAL_PORT}`)) <= LONGEST_SOCKET_PATH;
  return { socketFolder: isShort ? near : await shortFolder(place), port: USUAL_PORT };
}

/** The server's arguments for an address. On the command line, not in a file, because the folder may be moved. */
export function listenArguments({ socketFolder, port }: Address): string[] {
  const host = socketFolder === '' ? '127.0.0.1' : '';
  const folders = socketFolder === '' ? '' : `"${socketFolder.replaceAll('"', '""')}"`;
  const settings = { listen_addresses: host, unix_socket_directories: folders, unix_socket_permissions: '0700', port };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * A URL that pg, TypeORM and libpq all read: `host` in the query overrides the one before the path, which is there
 * because some parsers refuse a URL without one. TLS is off regardless of PGSSLMODE: nothing leaves the machine.
 */
export function urlOf(address: Address, secret: string, database = NAME): string {
  const { socketFolder, port } = address;
  const socket = socketFolder === '' ? '' : `host=${encodeURIComponent(socketFolder)}&`;
  const host = socketFolder === '' ? '127.0.0.1' : 'localhost';
  return `postgres://${NAME}:${secret}@${host}:${port}/${database}?${socket}sslmode=disable`;
}

/** A folder with a short path, for data with a long path. Its name is predictable, so its owner and mode are checked. */
async function shortFolder(place: Place): Promise<string> {
  const folder = join(tmpdir(), `kith-${createHash('sha256').update(place.home).digest('hex').slice(0, 16)}`);
  try {
    await mkdir(folder, { mode: 0o700 });
    if (place.user) await chown(folder, place.user.uid, place.user.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = await lstat(folder);
  const owner = place.user?.uid ?? process.getuid?.();
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return folder;
  throw new EmbeddedDatabaseError(
    `The folder for the database's socket, ${folder}, belongs to somebody else or is open to others.`,
    'Remove it, or choose a data folder with a shorter path.',
  );
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
