import { spawn } from 'node:child_process';

/** A user of the operating system, by its numbers. */
export interface OsUser {
  uid: number;
  gid: number;
}

/** How a program ended. `code` is null when it could not be started or was killed. */
export interface Ending {
  code: number | null;
  /** What it wrote to stdout and stderr, the last 4,000 characters. */
  output: string;
}

export interface RunOptions {
  /** Runs as this user instead of the program's own; only root may ask for it. */
  user: OsUser | undefined;
  cwd: string;
  timeoutMs: number;
}

/**
 * The whole environment of every program started here. Nothing is inherited: PGPORT or PGDATA would change the
 * server's behaviour, and it must not see the secrets of this program. Windows adds what it needs itself.
 */
export const BARE_ENVIRONMENT = {
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.platform !== 'win32' && { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }),
};

/** Runs a program to its end. Never throws: failing to start is also reported as a result. */
export async function run(program: string, args: string[], options: RunOptions): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: BARE_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...options.user,
    });
    // Not spawn's own timeout: after a failed spawn its timer keeps the process alive for the whole time.
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, output: error.message });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const killed = signal === null ? '' : `\nended by ${signal}, after ${options.timeoutMs / 1000} s at most`;
      resolve({ code, output: output.trim() + killed });
    });
  });
}
