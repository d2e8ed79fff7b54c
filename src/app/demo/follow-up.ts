import type { Mail } from './network.js';
import { pageLines, slackLines } from './screens.js';
import type { Body, Stage } from './stage.js';
import { note, screen, step } from './teller.js';

interface Link {
  readonly name: string;
  readonly title: string;
  readonly url: string;
}

/** A ring that arrived, and the link that says it is done. */
export interface Ring {
  readonly occurrenceId: string;
  readonly done: Link;
}

/** A cadence makes the reminder ring at once, since the last touch is long ago. */
export async function letItFollowUp({ call }: Stage, mail: Mail, contactId: string): Promise<Ring> {
  step('Keep in touch with Ada every three months: her turn has come, so the bell rings');
  const began = performance.now();
  await call('PATCH', `/v1/contacts/${contactId}`, { keepInTouchEvery: 'P3M' });
  const ring = await mail.program.next('reminder.due', ({ body }) => body.type === 'reminder.due');
  const message = await mail.slack.next('message', () => true);
  const data = ring.body.data as Body;
  const actions = ring.body.actions as Link[];
  note(
    `The program got reminder.due, ${seconds(ring.at - began)} after the change, ${mail.verdict(ring)}:`,
    `  data.title  ${String(data.title)}`,
    `  actions     ${actions.map(({ name }) => name).join(', ')}`,
    `Slack got it ${seconds(message.at - began)} after the change, with a button for each action:`,
  );
  screen('Slack', slackLines(message.body));
  const [done] = actions;
  if (!done) throw new Error('The ring carries no links.');
  return { occurrenceId: String(data.id), done };
}

/** Presses the first button: GET changes nothing, POST acts, and only once. */
export async function answerTheRing({ call }: Stage, mail: Mail, contactId: string, ring: Ring): Promise<void> {
  const { title, url } = ring.done;
  const stateNow = async (): Promise<string> =>
    String((await call('GET', `/v1/occurrences/${ring.occurrenceId}`)).state);

  step(`Press \u201c${title}\u201d: no key is asked, the link is the key to this one ring`);
  note(`GET  ${url.slice(0, 60)}\u2026`);
  screen('Browser', pageLines((await visit('GET', url)).page));
  note(`It only asks, so a link scanner answers nothing: the ring is ${await stateNow()} still.`);

  note('POST, as its button does:');
  screen('Browser', pageLines((await visit('POST', url)).page));
  const logged = await mail.program.next('interaction.logged', ({ body }) => body.type === 'interaction.logged');
  const { nextTouchAt } = await call('GET', `/v1/contacts/${contactId}`);
  note(
    `The ring is ${await stateNow()}, and the touch is logged (interaction.logged, ${mail.verdict(logged)}).`,
    `The next follow-up with Ada is on ${String(nextTouchAt).slice(0, 10)}.`,
    `POST once more: ${(await visit('POST', url)).status}, answered already. A link acts once.`,
  );
}

async function visit(method: 'GET' | 'POST', url: string): Promise<{ status: number; page: string }> {
  const answer = await fetch(url, { method, headers: { accept: 'text/html' } });
  return { status: answer.status, page: await answer.text() };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}
