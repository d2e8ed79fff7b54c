import type { Statement } from './tx.js';

/** The name of a process's own session: a worker's can be told from others by every process of the installation. */
export const SESSIONS = { worker: 'kith worker', other: 'kith listener' } as const;

/** Workers that have been connected for a minute, and so have had the time to do what was due. */
export function workerSessions(): Statement {
  return {
    text: `select count(*)::int as count from pg_stat_activity where datname = current_database()
      and application_name = '${SESSIONS.worker}' and backend_start < clock_timestamp() - interval '1 minute'`,
    values: [],
  };
}
