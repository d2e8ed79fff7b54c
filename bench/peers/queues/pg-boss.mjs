/** pg-boss, tuned: large batches, whose jobs are posted side by side and completed together. */
import { PgBoss } from 'pg-boss';
import { Posting, obey } from './posting.mjs';

const BATCH = 500;
const CHUNK = 2_000;

let boss;

obey({
  async open({ url, ...where }) {
    const posting = new Posting(where);
    boss = new PgBoss({ connectionString: url, max: 10, supervise: false, schedule: false });
    boss.on('error', (error) => console.error(error));
    await boss.start();
    await boss.createQueue('deliver');
    const options = { batchSize: BATCH, localConcurrency: 4, pollingIntervalSeconds: 0.5 };
    await boss.work('deliver', options, async (jobs) => {
      await Promise.all(jobs.map(({ id, data }) => posting.post(id, data)));
    });
  },
  async fall({ count, body, leadSeconds }) {
    const dueAt = Date.now() + leadSeconds * 1_000;
    const data = JSON.parse(body);
    for (let made = 0; made < count; made += CHUNK) {
      const jobs = Array.from({ length: Math.min(CHUNK, count - made) }, () => ({ data, startAfter: new Date(dueAt) }));
      await boss.insert('deliver', jobs);
    }
    return { dueAt };
  },
  async left() {
    const { queuedCount = 0, activeCount = 0 } = await boss.getQueueStats('deliver');
    return { count: queuedCount + activeCount };
  },
});
