import { memoryOf } from './processes.mjs';

/** The subject's own setting unless told: requests at once to one endpoint. */
export const CONCURRENCY = 16;
/** From the insertion to the due instant: enough to insert and analyze, so that the burst begins on time. */
export const LEAD_SECONDS = 4;
export const PATIENCE_MS = 60_000;

export function measured(count, seconds, used, pid, errors) {
  const each = (cpu) => (cpu / count) * 1_000_000;
  return {
    rate: count / seconds,
    nodeMicros: each(used.node),
    postgresMicros: each(used.postgres),
    memory: memoryOf(pid),
    errors,
  };
}
