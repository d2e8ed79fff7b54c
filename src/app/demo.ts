import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstallationService } from '../features/accounts/installation.service.js';
import { Config } from '../platform/config/config.js';
import { openReceiver } from './demo-receiver.js';
import type { Receiver } from './demo-receiver.js';
import { openGround } from './ground.js';
import { createProgram } from './program.js';

const CONNECTIONS = `Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Lovelace,https://www.linkedin.com/in/ada-lovelace,ada@example.org,Analytical Engines,Programmer,10 Dec 2024
Grace,Hopper,https://www.linkedin.com/in/grace-hopper,,US Navy,Rear Admiral,09 Feb 2025
Alan,Kay,https://www.linkedin.com/in/alan-kay,,Viewpoints,Fellow,17 May 2025
`;

type Body = Record<string, unknown>;
type Call = (method: string, path: string, body?: object | string) => Promise<Body>;

/** Plays the README's tour by itself: the whole program on a database of its own, and a small receiver on loopback. */
async function demo(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-demo-'));
  const receiver = await openReceiver(tell);
  const config = Config.read({
    DATA_DIR: folder,
    PORT: '0',
    LOG_LEVEL: 'error',
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_HOSTS: receiver.host,
  });
  const ground = await openGround(config);
  const app = await createProgram(ground);
  const key = (await app.get(InstallationService).open()) ?? '';
  await app.listen(0, '127.0.0.1');
  try {
    await tour(caller(await app.getUrl(), key), receiver);
  } finally {
    await app.close();
    await ground.close();
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tour(call: Call, receiver: Receiver): Promise<void> {
  step('Import the LinkedIn connections');
  const report = await call('POST', '/v1/imports/linkedin', CONNECTIONS);
  tell(`${String(report.created)} contacts are in.`);

  step('Register a webhook; its first delivery is a ping');
  const webhook = await call('POST', '/v1/webhooks', {
    url: receiver.url,
    eventTypes: ['reminder.*', 'interaction.logged', 'webhook.ping'],
  });
  receiver.trust(String(webhook.secret));
  await receiver.next('webhook.ping');

  step('Keep in touch with Ada every three months: the last time was long ago, so the bell rings at once');
  const [ada] = (await call('GET', '/v1/contacts?filter[name][startsWith]=Ada')).data as Body[];
  await call('PATCH', `/v1/contacts/${String(ada?.id)}`, { keepInTouchEvery: 'P3M' });
  const { data: ring } = await receiver.next('reminder.due');

  step('Say that it is done: the touch is logged, and the next one is planned');
  await call('POST', `/v1/reminders/${String(ring.reminderId)}/completion`, {
    note: 'Called her; she is writing a compiler.',
  });
  await receiver.next('interaction.logged');
  const after = await call('GET', `/v1/contacts/${String(ada?.id)}?fields=name,nextTouchAt`);
  tell(`${String(after.name)}: next touch on ${String(after.nextTouchAt).slice(0, 10)}.`);

  step('A recruiter writes: not now, check back in eight months');
  const recruiter = await call('POST', '/v1/recruiters', {
    contact: { name: 'Rita Recruiter' },
    agency: 'Talent & Co',
  });
  const parked = await call('POST', `/v1/recruiters/${String(recruiter.id)}/parking`);
  tell(`Parked until ${String(parked.parkedUntil).slice(0, 10)}; the bell will ring then.`);
}

function caller(address: string, key: string): Call {
  return async (method, path, body) => {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json';
    const answer = await fetch(address + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': type } : {}) },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    });
    const read = (await answer.json()) as Body;
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${String(read.detail)}`);
    return read;
  };
}

function step(sentence: string): void {
  process.stdout.write(`\n\u25b8 ${sentence}\n`);
}

function tell(sentence: string): void {
  process.stdout.write(`  ${sentence}\n`);
}

await demo();
process.stdout.write('\nThat was the tour. Start your own: npm start\n');
