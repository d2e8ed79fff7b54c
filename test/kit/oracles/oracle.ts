import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const FOLDER = join(process.cwd(), 'test/kit/oracles');
/** Debian's own, which sees the modules of Debian's packages whatever stands first in PATH. */
const PYTHON = process.env.TEST_PYTHON ?? '/usr/bin/python3';
const MOST_BYTES = 64 * 1024 * 1024;

/** Is Python to be asked now, beside the table of what it answered once? `TEST_ORACLES=live` */
export const isLive = process.env.TEST_ORACLES === 'live';

/** Are the tables to be made anew, of what Python answers now? `TEST_ORACLES=write` */
export const isWriting = process.env.TEST_ORACLES === 'write';

export function storeLines(name: string, lines: readonly string[]): void {
  writeFileSync(join(FOLDER, `${name}.txt.gz`), gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
}

/** The lines that an oracle answered when the table was made; the file's name is `<name>.txt.gz`. */
export function storedLines(name: string): string[] {
  return gunzipSync(readFileSync(join(FOLDER, `${name}.txt.gz`)))
    .toString()
    .trimEnd()
    .split('\n');
}

/** The lines that an oracle answers now. @throws when Python or one of its modules is missing, in its own words */
export function liveLines(script: string, input = ''): string[] {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [join(FOLDER, script)], {
    input,
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return stdout.trimEnd().split('\n');
}

/** A short name for lines, so that a table holds many answers in little space. */
function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

/** `<group> <hash of its lines>` for every group, in the order they come in. */
export function hashesBy(lines: readonly string[], groupOf: (line: string, n: number) => string): string[] {
  const groups = new Map<string, string[]>();
  for (const [n, line] of lines.entries()) {
    const group = groups.get(groupOf(line, n));
    if (group) group.push(line);
    else groups.set(groupOf(line, n), [line]);
  }
  return [...groups].map(([group, members]) => `${group} ${hashOf(members)}`);
}
