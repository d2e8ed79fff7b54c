/** graphile-worker, tuned: jobs fetched and completed in batches. */
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { Posting, obey } from './posting.mjs';

let pool;

obey({
  async open({ url, ...where }) {
    const posting = new Posting(where);
    pool = new pg.Pool({ connectionString: url, max: 10 });
    await run({
      pgPool: pool,
      noHandleSignals: true,
      taskList: { deliver: (message, { job }) => posting.post(job.id, message) },
      preset: {
        worker: {
          concurrentJobs: where.concurrency,
          pollInterval: 50,
          completeJobBatchDelay: 10,
          localQueue: { size: 500 },
          logger: new Logger(() => () => undefined),
        },
      },
    });
  },
  async fall({ count, body, leadSeconds }) {
    const { rows } = await pool.query(DUE, [count, body, leadSeconds]);
    await pool.query('analyze');
    return { dueAt: rows[0].due_at.getTime() };
  },
  async left() {
    const { rows } = await pool.query('select count(*)::int as count from graphile_worker._private_jobs');
    return rows[0];
  },
});

const DUE = `
  with at as (select date_trunc('milliseconds', now()) + $3::int * interval '1 second' as due_at),
    jobs as (
      select graphile_worker.add_jobs(array_agg(json_populate_record(null::graphile_worker.job_spec,
        json_build_object('identifier', 'deliver', 'payload', $2::json, 'run_at', at.due_at)))) as job
      from at, generate_series(1, $1::int) n)
  select due_at from at, (select count(*) from jobs) made`;
