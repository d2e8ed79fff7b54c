import { setTimeout } from 'node:timers/promises';
import { isSigned } from './receiver.js';
import type { Letter, Mailbox, Receiver } from './receiver.js';
import { slackLines } from './screens.js';
import type { Body, Stage } from './stage.js';
import { note, screen, step } from './teller.js';

const CONNECTIONS = `Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Lovelace,https://www.linkedin.com/in/ada-lovelace,ada@example.org,Analytical Engines,Programmer,10 Dec 2024
Grace,Hopper,https://www.linkedin.com/in/grace-hopper,,US Navy,Rear Admiral,09 Feb 2025
Alan,Kay,https://www.linkedin.com/in/alan-kay,,Viewpoints,Fellow,17 May 2025
`;

/** Longer than any three months, so that Ada's follow-up is due. */
const COFFEE_DAYS_AGO = 97;
const DAY_MS = 86_400_000;

/** Where deliveries go: a program that checks signatures, and a chat. */
export interface Mail {
  readonly program: Mailbox;
  readonly slack: Mailbox;
  /** The verified content of a message to the program. */
  verdict(letter: Letter): string;
}

/** @returns the id of the contact whose follow-up is due */
export async function bringTheNetwork(stage: Stage): Promise<string> {
  const { call, now } = stage;
  step('Bring your network: LinkedIn\u2019s Connections.csv, and a coffee that LinkedIn does not know of');
  const report = await imported(stage, String((await call('POST', '/v1/imports/linkedin', CONNECTIONS)).id));
  const [ada] = (await call('GET', '/v1/contacts?filter[name][startsWith]=Ada')).data as Body[];
  const id = String(ada?.id);
  const occurredAt = new Date(now().getTime() - COFFEE_DAYS_AGO * DAY_MS);
  const coffee = { contactIds: [id], occurredAt, channel: 'in_person', summary: 'Coffee' };
  await call('POST', '/v1/interactions', coffee);
  note(`${String(report.created)} contacts are in. The last coffee with Ada was ${COFFEE_DAYS_AGO} days ago.`);
  return id;
}

/** The import once a worker has applied it. */
async function imported({ call }: Stage, id: string): Promise<Body> {
  for (;;) {
    const it = await call('GET', `/v1/imports/${id}`);
    if (it.finishedAt !== null) return it;
    await setTimeout(50);
  }
}

export async function sayWhereToRing({ call }: Stage, receiver: Receiver): Promise<Mail> {
  step('Say where to ring: a program of yours, and a Slack channel (both played by this demo)');
  const program = receiver.box('/program');
  const slack = receiver.box('/slack');
  const eventTypes = ['reminder.due', 'interaction.logged'];
  const { secret } = await call('POST', '/v1/webhooks', { url: program.url, eventTypes });
  await call('POST', '/v1/webhooks', { url: slack.url, format: 'slack', eventTypes: ['reminder.due'] });
  const verdict = (letter: Letter): string =>
    isSigned(letter, String(secret)) ? 'signature verified' : 'SIGNATURE WRONG';
  const ping = await program.next('ping', ({ body }) => body.type === 'webhook.ping');
  note(`The program got ${String(ping.body.type)}, ${verdict(ping)}.`);
  screen('Slack', slackLines((await slack.next('ping', () => true)).body));
  return { program, slack, verdict };
}

export async function parkARecruiter({ call }: Stage): Promise<void> {
  step('A recruiter writes: not now, check back in eight months');
  const contact = { name: 'Rita Recruiter' };
  const { id } = await call('POST', '/v1/recruiters', { contact, agency: 'Talent & Co' });
  const parked = await call('POST', `/v1/recruiters/${String(id)}/parking`);
  note(`Parked until ${String(parked.parkedUntil).slice(0, 10)}; the bell rings then.`);
}
