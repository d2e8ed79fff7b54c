import { readFile, stat } from 'node:fs/promises';

/** How a process was started, so that it can be started again. */
export interface Command {
  readonly command: string[];
  readonly uid: number;
  readonly gid: number;
}

export async function commandOf(pid: number): Promise<Command> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
  const { uid, gid } = await stat(`/proc/${pid}`);
  return { command: words, uid, gid };
}
