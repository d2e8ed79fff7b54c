import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The files of the repository: tracked, and new ones that are not ignored. */
export function projectFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path && statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** The packages of the lock file as [path, entry], the project itself (path '') included. */
export function lockedPackages() {
  return Object.entries(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages);
}
