import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { TestProgram } from '../../../harness/program.js';
import { Follower, following } from './followers.js';

const EVENTS = 3_000;
/** Kept in pieces that the sockets' own buffers cannot swallow: 60 MB in all. */
const BYTES = 20_000;
const QUERY = 'subscription { events(types: ["contact.*", "webhook.*"]) { id data } }';

let program: TestProgram;

beforeEach(async () => {
  program = await TestProgram.start();
});
afterEach(() => program.stop());

interface Taken {
  readonly numbers: number[];
  last: string | null;
  code: string | null;
}

function take(
  taken: Taken,
  result: { data?: { events: { id: string; data: { n?: number } } }; errors?: unknown[] },
): void {
  const event = result.data?.events;
  if (event?.data.n !== undefined) {
    taken.numbers.push(event.data.n);
    taken.last = event.id;
  }
  const [error] = (result.errors ?? []) as { extensions: { code: string } }[];
  if (error) taken.code = error.extensions.code;
}

/** Records more than a paused consumer's buffers hold, while another one keeps up. */
async function flood(kept: (count: number) => Promise<unknown>): Promise<void> {
  const { rows } = await program.pool.query('select id from accounts');
  for (let from = 0; from < EVENTS; from += 100) {
    await program.pool.query(
      `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
       select $1, new_id(), 'contact.updated', 'contact', new_id(), now(),
         json_build_object('n', n, 'filler', repeat('x', ${BYTES})) from generate_series($2::int + 1, $2 + 100) n`,
      [rows[0].id, from],
    );
    if (from % 500 === 400) await kept(from + 100);
  }
}

async function catchesUp(taken: Taken, ends: readonly (string | null)[] = ['slow_consumer']): Promise<void> {
  expect(ends).toContain(taken.code);
  expect(taken.numbers.length).toBeLessThan(EVENTS);
  const rest = new Follower(program, 'graphql-ws', { after: taken.last, types: ['contact.*'] });
  const missed = await rest.until(EVENTS - taken.numbers.length);
  await rest.leave();
  const all = [...taken.numbers, ...missed.map(({ data }) => data.n)];
  expect(all).toEqual(Array.from({ length: EVENTS }, (_, i) => i + 1));
}

/** A follower that keeps up shows when everything has been spread. */
async function floodBeside(): Promise<void> {
  const quick = new Follower(program, 'graphql-sse', { types: ['contact.*', 'webhook.*'] });
  await following(program, quick);
  // In its pace: a flood that outran it would make it slow as well.
  await flood((count) => quick.until(count));
  expect(await quick.until(EVENTS)).toHaveLength(EVENTS);
  await quick.leave();
}

it('a WebSocket that is not read is given up, and resumes without a gap', async () => {
  const socket = new WebSocket(`${program.address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const taken: Taken = { numbers: [], last: null, code: null };
  const listening = new Promise<void>((done) => {
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${program.key}` } })),
    );
    socket.on('message', (text) => {
      const { type, payload } = JSON.parse(String(text));
      if (type === 'connection_ack')
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } }), () => done());
      if (type === 'next') take(taken, payload);
      if (type === 'error') {
        take(taken, { errors: payload });
        socket.close();
      }
    });
  });
  await listening;
  const probe = new Follower(program, 'graphql-ws');
  await following(program, probe);
  await probe.leave();
  socket.pause();
  await floodBeside();
  socket.resume();
  await new Promise((done) => socket.once('close', done));
  // Where the flood takes longer than the wait for a pong, the silence ends it first.
  await catchesUp(taken, ['slow_consumer', null]);
});

it('an event stream that is not read is given up, and resumes without a gap', async () => {
  const taken: Taken = { numbers: [], last: null, code: null };
  const headers = { authorization: `Bearer ${program.key}`, accept: 'text/event-stream' };
  const url = `${program.address}/graphql/stream?query=${encodeURIComponent(QUERY)}`;
  const response = await new Promise<IncomingMessage>((done) => get(url, { headers }, done));
  response.setEncoding('utf8');
  response.pause();
  await floodBeside();
  let text = '';
  for await (const chunk of response) text += chunk;
  for (const [, data] of text.matchAll(/^event: next\ndata: (.*)$/gm)) take(taken, JSON.parse(data ?? ''));
  expect(text.trimEnd().endsWith('event: complete\ndata:')).toBe(true);
  await catchesUp(taken);
});
