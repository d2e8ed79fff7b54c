import { faceOf } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Follower, following, transports } from './followers.js';

const WRITERS = 20;
const EACH = 50;

let here: TestProgram;
let there: TestProgram;

beforeAll(async () => {
  here = await TestProgram.start();
  there = await TestProgram.start({ database: here.database, clock: here.clock });
});
afterAll(async () => {
  await there.stop();
  await here.stop();
});

/** 20 writers at once, half of them in either process. */
async function write(label: string): Promise<void> {
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const face = faceOf('rest', writer % 2 ? here : there, here.key);
      for (let i = 0; i < EACH; i += 1) await face.create('Contact', { name: `${label} ${writer}.${i}` });
    }),
  );
}

async function inOrder(label: string): Promise<string[]> {
  const { rows } = await here.pool.query<{ id: string }>(
    `select id from events where data ->> 'name' like $1 order by transaction_id, sequence`,
    [`${label} %`],
  );
  return rows.map(({ id }) => id);
}

/** Follows in pieces: after so many events it goes away, and comes back with the last id it has. */
async function piecemeal(transport: (typeof transports)[number], from: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after = from; ids.length < count; after = ids.at(-1) ?? after) {
    const follower = new Follower(there, transport, { after, types: ['contact.*'] }, { key: here.key });
    ids.push(...(await follower.until(Math.min(90, count - ids.length))).map(({ id }) => id));
    await follower.leave();
  }
  return ids.slice(0, count);
}

it.each(transports)(
  '1,000 events of 20 writers arrive over %s once and in order, in either process',
  async (transport) => {
    const key = here.key;
    const followers = [here, there].map((program) => new Follower(program, transport, {}, { key }));
    await following(here, ...followers);
    const { data } = await faceOf('rest', here).create('Contact', { name: `begin ${transport}` });
    const { rows } = await here.pool.query<{ id: string }>('select id from events where subject_id = $1', [data.id]);
    const start = rows[0]?.id ?? '';
    const [pieces] = await Promise.all([piecemeal(transport, start, WRITERS * EACH), write(transport)]);
    const expected = await inOrder(transport);
    expect(expected).toHaveLength(WRITERS * EACH);
    for (const follower of followers) {
      const received = await follower.until(1 + WRITERS * EACH);
      expect(received.map(({ id }) => id)).toEqual([start, ...expected]);
      await follower.leave();
    }
    expect(pieces).toEqual(expected);
  },
);
