import { readFileSync, readdirSync } from 'node:fs';

/** USER_HZ, the unit of /proc/<pid>/stat, is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used, all its threads together. */
export function cpuOf(pid) {
  const { own } = statOf(pid) ?? { own: 0 };
  return own / TICKS_PER_SECOND;
}

/** Seconds of processor time of a PostgreSQL server: the postmaster, its living processes and those that ended. */
export function cpuOfServer(postmaster) {
  const main = statOf(postmaster);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const living = pids.map(statOf).filter((stat) => stat?.parent === postmaster);
  return (main.own + main.ended + living.reduce((sum, { own }) => sum + own, 0)) / TICKS_PER_SECOND;
}

/** Resident memory in MB. */
export function memoryOf(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Fields 4, 14 to 17 of proc(5)'s stat. The name in field 2 may hold anything, so fields are counted after it. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1], own: fields[11] + fields[12], ended: fields[13] + fields[14] };
  } catch {
    return null;
  }
}
