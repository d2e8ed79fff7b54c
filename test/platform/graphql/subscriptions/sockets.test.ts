import supertest from 'supertest';
import { WebSocket } from 'ws';
import { TestProgram } from '../../../harness/program.js';

let program: TestProgram;

beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const SUBSCRIBE = { id: '1', type: 'subscribe', payload: { query: 'subscription { events { id } }' } };

interface Dialogue {
  readonly heard: { type: string; payload?: unknown }[];
  readonly code: number;
}

/** Says everything at once when the socket opens, and listens until it is closed or has heard so much. */
function dialogue(said: readonly unknown[], enough = Infinity, protocol = 'graphql-transport-ws', path = '/graphql') {
  return new Promise<Dialogue>((done) => {
    const heard: Dialogue['heard'] = [];
    const socket = new WebSocket(program.address.replace('http', 'ws') + path, protocol);
    socket.on('open', () => said.forEach((message) => socket.send(textOf(message))));
    socket.on('message', (text) => {
      heard.push(JSON.parse(String(text)));
      if (heard.length >= enough) socket.close();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => done({ heard, code }));
  });
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}

const init = (key = program.key) => ({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });

it('a socket that does not say who it is is closed', async () => {
  expect(await dialogue([])).toEqual({ heard: [], code: 4408 });
  expect(await dialogue([SUBSCRIBE])).toEqual({ heard: [], code: 4401 });
});

it.each([
  undefined,
  {},
  { authorization: 5 },
  { authorization: 'Bearer ' },
  { authorization: `Bearer ${'x'.repeat(600)}` },
])('the connection parameters %j open nothing', async (payload) => {
  expect(await dialogue([{ type: 'connection_init', payload }])).toEqual({ heard: [], code: 4403 });
});

it.each([
  ['not JSON', 4400],
  ['[]', 4400],
  ['{"type":"nonsense"}', 4400],
  ['x'.repeat(300_000), 1009],
])('a message that is none closes the socket: %.20j', async (message, code) => {
  expect((await dialogue([init(), message])).code).toBe(code);
  const { heard } = await dialogue([init(), { type: 'ping' }], 2);
  expect(heard.map(({ type }) => type).sort()).toEqual(['connection_ack', 'pong']);
});

it('another protocol, or another path, is no subscription', async () => {
  expect((await dialogue([init()], 1, 'graphql-ws')).heard).toEqual([]);
  expect((await dialogue([init()], 1, 'graphql-transport-ws', '/v1/changes')).heard).toEqual([]);
});

it('a subscription over plain HTTP is refused in words', async () => {
  const { body, status } = await supertest(program.app.getHttpServer())
    .post('/graphql')
    .set('authorization', `Bearer ${program.key}`)
    .send({ query: SUBSCRIBE.payload.query });
  expect(status).toBeLessThan(500);
  expect(body.errors[0].extensions.code).toBe('unprocessable');
});

it('an event stream is only for those who accept one and have a key', async () => {
  const http = supertest(program.app.getHttpServer());
  const headers = { authorization: `Bearer ${program.key}` };
  const query = encodeURIComponent(SUBSCRIBE.payload.query);
  expect((await http.get(`/graphql/stream?query=${query}`).set(headers)).body).toMatchObject({
    code: 'not_acceptable',
  });
  const keyless = await http.get(`/graphql/stream?query=${query}`).set('accept', 'text/event-stream');
  expect(keyless.body).toMatchObject({ code: 'unauthenticated', status: 401 });
  const bare = await http.get('/graphql/stream').set(headers).set('accept', 'text/event-stream');
  expect([bare.status, bare.headers['x-content-type-options']]).toEqual([400, 'nosniff']);
});
