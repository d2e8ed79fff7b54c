import supertest from 'supertest';
import type { PoolClient } from 'pg';
import { settleLog } from '../../../src/platform/events/log-settling.js';
import { TestProgram } from '../../harness/program.js';
import { settled } from './settled.js';

let program: TestProgram;
let account: string;

beforeAll(async () => {
  program = await TestProgram.start();
  account = (await program.pool.query('select id from accounts')).rows[0].id;
});
afterAll(() => program.stop());

type Names = readonly string[];

/** Records an event whose subject type is a name to know it by. */
async function record(client: Pick<PoolClient, 'query'>, name: string): Promise<void> {
  await client.query(
    `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
     values ($1, new_id(), 'contact.updated', $2, new_id(), now(), '{}')`,
    [account, name],
  );
}

async function page(since?: string): Promise<{ names: Names; next: string }> {
  const http = supertest(program.app.getHttpServer()).get(
    `/v1/changes?first=1000&since=${since ?? ''}`.replace(/&since=$/, ''),
  );
  const { body } = await http.set('authorization', `Bearer ${program.key}`);
  return { names: body.data.map(({ resource }: { resource: string }) => resource), next: body.page.next };
}

async function inOneTransaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await program.pool.connect();
  await client.query('begin');
  try {
    await work(client);
    await client.query('commit');
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function sequenceOf(name: string): Promise<number> {
  const { rows } = await program.pool.query('select sequence from events where subject_type = $1', [name]);
  return rows[0].sequence;
}

it('nothing is missed when the later sequence commits first, and the order stays', async () => {
  const { next: start } = await page('now');
  let during: Names = [];
  let token = start;
  await inOneTransaction(async (slow) => {
    await record(slow, 'early');
    await inOneTransaction((quick) => record(quick, 'late'));
    ({ names: during, next: token } = await page(start));
    expect(during).toEqual([]);
  });
  await settled(program.pool);
  expect(await sequenceOf('early')).toBeLessThan(await sequenceOf('late'));
  const { names: after, next } = await page(token);
  expect([...during, ...after]).toEqual(['early', 'late']);
  expect((await page(start)).names).toEqual(['early', 'late']);
  expect((await page(next)).names).toEqual([]);
});

it('the transaction decides, not the sequence: what was begun first comes first', async () => {
  const { next: start } = await page('now');
  await inOneTransaction(async (first) => {
    await first.query('select pg_current_xact_id()');
    await inOneTransaction((second) => record(second, 'second'));
    await record(first, 'first');
  });
  await settled(program.pool);
  expect(await sequenceOf('second')).toBeLessThan(await sequenceOf('first'));
  expect((await page(start)).names).toEqual(['first', 'second']);
});

it('20 writers and a reader: every event once, and always the same order', async () => {
  const { next: start } = await page('now');
  let writing = true;
  const writers = Promise.all(
    Array.from({ length: 20 }, async (_, writer) => {
      for (let i = 0; i < 25; i += 1) {
        if (i % 5 === writer % 5) {
          await inOneTransaction(async (client) => {
            await record(client, `${writer}.${i}.a`);
            await record(client, `${writer}.${i}.b`);
          });
        } else await record(program.pool, `${writer}.${i}`);
      }
    }),
  ).then(() => (writing = false));
  const seen: string[] = [];
  for (let token = start, going = true; going;) {
    going = writing;
    if (!going) await settled(program.pool);
    const { names, next } = await page(token);
    seen.push(...names);
    token = next;
  }
  await writers;
  expect(seen).toHaveLength(20 * 25 + 100);
  expect(new Set(seen).size).toBe(seen.length);
  expect((await page(start)).names).toEqual(seen);
});

it('a page is found by the index, without a sort of the log', async () => {
  await program.pool.query('analyze events');
  const { rows } = await program.pool.query(
    `explain select * from events where account_id = $1 and (transaction_id, sequence) > ('5', 5)
       and transaction_id < log_horizon() order by transaction_id, sequence limit 100`.replace('$1', `'${account}'`),
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('events_in_order');
  expect(plan).not.toContain('Sort');
});

it('a log that came from another cluster goes on after what it holds', async () => {
  await record(program.pool, 'restored');
  await program.pool.query(`update events set transaction_id = '900000000000' where subject_type = 'restored'`);
  expect((await page()).names).not.toContain('restored');
  expect(await settleLog(program.pool)).toBe(true);
  expect(await settleLog(program.pool)).toBe(false);
  await record(program.pool, 'after');
  await settled(program.pool);
  expect((await page()).names.slice(-2)).toEqual(['restored', 'after']);
  const { next } = await page('now');
  await record(program.pool, 'later');
  await settled(program.pool);
  expect((await page(next)).names).toEqual(['later']);
});

it('an endpoint that came from another cluster hears what happens here', async () => {
  const body = { url: 'https://example.com/hook', eventTypes: ['*'] };
  const { id } = (await program.ask('post', '/v1/webhooks', { body })).body as { id: string };
  const hears = async (): Promise<boolean> => {
    const { rows } = await program.pool.query<{ hears: boolean }>(
      'select not pg_visible_in_snapshot(log_now(), heard_from::pg_snapshot) as hears from webhooks where id = $1',
      [id],
    );
    return rows[0]?.hears === true;
  };
  expect(await hears()).toBe(true);
  await program.pool.query(`update webhooks set heard_from = '900000000500:900000000500:' where id = $1`, [id]);
  expect(await hears()).toBe(false);
  expect(await settleLog(program.pool)).toBe(true);
  expect(await settleLog(program.pool)).toBe(false);
  expect(await hears()).toBe(true);
  await program.ask('post', `/v1/webhooks/${id}/pause`);
  await program.ask('post', `/v1/webhooks/${id}/activation`);
  expect(await hears()).toBe(true);
  const { rows } = await program.pool.query('select pg_snapshot_xmin(log_snapshot()) = log_horizon() as same');
  expect(rows).toEqual([{ same: true }]);
});
