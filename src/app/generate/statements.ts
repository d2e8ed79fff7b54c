import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { format } from 'sql-formatter';
import { InstallationService } from '../../features/accounts/installation.service.js';
import { RingsService } from '../../features/reminders/ringing/rings.service.js';
import { Deliverer } from '../../features/webhooks/sending/deliverer.js';
import { FanOut } from '../../features/webhooks/sending/fan-out.js';
import type { Dependencies } from '../../platform/platform.module.js';
import { HEADER } from './header.js';

/** The folder of the statements, one file for each and nothing else. */
export const STATEMENTS_FOLDER = 'docs/sql';

type Pool = Dependencies['pool'];
type Answer = Readonly<Record<string, string>>;

/** A request or a turn of the worker, and the title of its file. */
interface Told {
  readonly file: string;
  readonly title: string;
  readonly run: () => Promise<unknown>;
}

const NESTED = `{ contacts(first: 50, sort: [{ field: name }]) { nodes { id name tags
  interactions(first: 3) { nodes { occurredAt channel } } reminders { nodes { title dueAt } } } pageInfo { endCursor hasNextPage } } }`;

/** The SQL that the program sends to PostgreSQL for ten requests and turns of the worker. */
export async function statements(app: NestFastifyApplication, pool: Pool): Promise<Map<string, string>> {
  const heard = listenTo(pool);
  const written = new Map<string, string>();
  for (const { file, title, run } of await tour(app)) {
    // What a turn of the worker began to send is written down later, and would be heard with the next one.
    await app.get(Deliverer).settled();
    heard.splice(0);
    await run();
    const texts = heard.filter((text) => !/^(begin|commit|select pg_notify)/.test(text));
    const shown = texts.map((text) => `${format(text, { language: 'postgresql', expressionWidth: 110 })};\n`);
    written.set(`${STATEMENTS_FOLDER}/${file}.sql`, [`-- ${HEADER}\n-- ${title}\n`, ...shown].join('\n'));
  }
  return written;
}

/** A few rows, so that each request has something to do. */
async function tour(app: NestFastifyApplication): Promise<readonly Told[]> {
  const key = (await app.get(InstallationService).open()) ?? '';
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object): Promise<Answer> => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url} answers ${answer.body}`);
    return answer.statusCode === 204 ? {} : answer.json<Answer>();
  };
  const ada = { name: 'Ada', company: 'Analytical Engines', tier: 'close', metOn: '2020-01-01' };
  const { id = '' } = await ask('POST', '/v1/contacts', ada);
  await ask('POST', '/v1/webhooks', { url: 'https://kith.example/hook', eventTypes: ['*'] });
  const one = `/v1/contacts/${id}`;
  const list = '/v1/contacts?filter[company][contains]=acme&sort=-nextTouchAt,name&total=true&include=reminders';
  return [
    { file: '01-read-one', title: 'GET /v1/contacts/{id}', run: () => ask('GET', one) },
    { file: '02-list', title: `GET ${list}`, run: () => ask('GET', list) },
    { file: '03-search', title: 'GET /v1/contacts?q=ada', run: () => ask('GET', '/v1/contacts?q=ada') },
    {
      file: '04-graphql-nested',
      title: `POST /graphql ${NESTED.replace(/\s+/g, ' ')}`,
      run: () => ask('POST', '/graphql', { query: NESTED }),
    },
    {
      file: '05-create',
      title: 'POST /v1/contacts, with a cadence',
      run: () => ask('POST', '/v1/contacts', { ...ada, name: 'Grace' }),
    },
    { file: '06-change', title: 'PATCH /v1/contacts/{id}', run: () => ask('PATCH', one, { title: 'Countess' }) },
    {
      file: '07-log',
      title: 'POST /v1/interactions',
      run: () => ask('POST', '/v1/interactions', { contactIds: [id], channel: 'call' }),
    },
    { file: '08-ring', title: 'The worker rings what is due', run: () => app.get(RingsService).ringDue() },
    { file: '09-fan-out', title: 'The worker turns events into deliveries', run: () => app.get(FanOut).fanOut() },
    { file: '10-claim', title: 'The worker claims deliveries', run: () => app.get(Deliverer).deliverDue() },
  ];
}

/** Collects the text of every statement that is sent from now on, over any connection. */
function listenTo(pool: Pool): string[] {
  const heard: string[] = [];
  const known = new WeakSet<object>();
  pool.on('acquire', (client: object) => {
    if (!known.has(client)) hear(client as Client, heard);
    known.add(client);
  });
  return heard;
}

interface Client {
  query: (...given: unknown[]) => unknown;
}

function hear(client: Client, heard: string[]): void {
  const { query } = client;
  client.query = (...given) => {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text;
    if (text) heard.push(text);
    return query.apply(client, given);
  };
}
