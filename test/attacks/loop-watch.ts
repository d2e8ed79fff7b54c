import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the program before anything else. It says on standard error how long the event loop was kept at a time: the time
 * between two looks, but no more than its thread computed in it, since on a busy machine a thread also waits for its turn.
 * The program has a session of its own, which no signal to the test's reaches, so it ends when the test has gone.
 */
const LOOKS_EVERY_MS = 10;
const TOLD_FROM_MS = 25;

function look(): void {
  const now = performance.now();
  const ran = computedMs();
  const kept = Math.min(now - at - LOOKS_EVERY_MS, ran - computed);
  if (kept >= TOLD_FROM_MS) process.stderr.write(`The loop was kept for ${Math.round(kept)} ms.\n`);
  if (process.ppid !== TEST) process.kill(process.pid, 'SIGKILL');
  at = performance.now();
  computed = ran;
}

/** Milliseconds for which this thread ran, without the threads beside it that render templates or collect garbage (proc(5), `schedstat`). */
function computedMs(): number {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}

const TEST = process.ppid;
let at = performance.now();
let computed = computedMs();
if (isMainThread) setInterval(look, LOOKS_EVERY_MS).unref();
