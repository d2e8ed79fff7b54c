import { EmbeddedDatabaseError } from './embedded-database-error.js';
import { type OsUser, run } from './run.js';

const NAME = 'postgres';
const AS_ROOT = { user: undefined, cwd: '/', timeoutMs: 10_000 };

/** True when this program runs as root, as whom PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The OS user that runs the server for root: `postgres`, made when there is none.
 * @throws {EmbeddedDatabaseError} when it can neither be found nor made
 */
export async function serverUser(log: (sentence: string) => void): Promise<OsUser> {
  const present = await lookUp();
  if (present) return present;
  await run('groupadd', ['--system', '--force', NAME], AS_ROOT);
  const account = ['--system', '--gid', NAME, '--no-create-home', '--home-dir', '/nonexistent'];
  const made = await run('useradd', [...account, '--shell', '/usr/sbin/nologin', NAME], AS_ROOT);
  // A second program may have made it in between, so only its existence matters.
  const user = await lookUp();
  if (!user) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL refuses to run as root, and the user '${NAME}' could not be made for it (${made.output}).`,
      'Start the program as an ordinary user, or set DATABASE_URL.',
    );
  }
  if (made.code === 0) log(`Made the system user '${NAME}', because PostgreSQL refuses to run as root.`);
  return user;
}

/** True when `user` may enter the folder: checked by the kernel, which considers parents, links and access lists. */
export async function canEnter(folder: string, user: OsUser): Promise<boolean> {
  const ending = await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { user, cwd: '/', timeoutMs: 10_000 });
  return ending.code === 0;
}

async function lookUp(): Promise<OsUser | undefined> {
  const { code, output } = await run('id', [NAME], AS_ROOT);
  const [, uid, gid] = /^uid=(\d+)\S* gid=(\d+)/.exec(output) ?? [];
  return code === 0 && uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}
