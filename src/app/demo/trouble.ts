import { setTimeout as delay } from 'node:timers/promises';
import type { Mail } from './network.js';
import type { Letter } from './receiver.js';
import type { Body, Stage } from './stage.js';
import { note, step } from './teller.js';

const AHEAD_MS = 1_500;
const LOOK_EVERY_MS = 50;

/** A receiver that is broken for a moment gets the same delivery again. @returns the webhook-id */
export async function failOnce({ call, now }: Stage, mail: Mail): Promise<string> {
  step('A receiver fails: the program answers the next delivery with 500');
  mail.program.breakOnce();
  const due = performance.now() + AHEAD_MS;
  await call('POST', '/v1/reminders', { title: 'Send Grace the paper', dueAt: new Date(now().getTime() + AHEAD_MS) });
  const first = await mail.program.next('first attempt', isRing);
  note(
    `A reminder of your own was due 1.5 s later. Attempt 1, ${since(due, first)} after that: answered ${first.answered}.`,
  );
  const message = await mail.slack.next('message', () => true);
  note(`Slack has had it since ${since(due, message)} after: one endpoint\u2019s trouble is not the other\u2019s.`);
  note('By the schedule it is tried again after 5 s \u00b1 20 %, then 5 min, 30 min, 2 h, \u2026 for three days.');
  const second = await mail.program.next('second attempt', isRing);
  const same = first.webhookId === second.webhookId ? 'the same webhook-id' : 'ANOTHER WEBHOOK-ID';
  note(
    `Attempt 2, ${since(first.at, second)} after the first: answered ${second.answered}, ${mail.verdict(second)}.`,
    `Retried with ${same}, so whoever has seen it can drop it:`,
    `  ${first.webhookId} \u2192 ${first.answered}`,
    `  ${second.webhookId} \u2192 ${second.answered}`,
  );
  return second.webhookId;
}

/** The log of deliveries can send any of them once more. */
export async function resend(stage: Stage, mail: Mail, webhookId: string): Promise<void> {
  step('Resend it: the webhook-id is the delivery\u2019s id in the log');
  await attempted(stage, webhookId, 2);
  note(`POST /v1/deliveries/${webhookId}/redelivery`);
  await stage.call('POST', `/v1/deliveries/${webhookId}/redelivery`);
  const again = await mail.program.next('redelivery', isRing);
  const same = again.webhookId === webhookId ? 'under the same webhook-id' : 'UNDER ANOTHER WEBHOOK-ID';
  note(`Resent: it came again ${same}, ${mail.verdict(again)}.`);
  note('The log keeps every attempt:');
  const attempts = await attempted(stage, webhookId, 3);
  note(
    ...attempts.map(
      ({ number, startedAt, statusCode }) => `  ${String(number)}  ${String(startedAt)}  ${String(statusCode)}`,
    ),
  );
}

/** The attempts of a delivery, as soon as the result of the last one is written down. */
async function attempted({ call }: Stage, deliveryId: string, count: number): Promise<Body[]> {
  for (;;) {
    const { attempts } = await call('GET', `/v1/deliveries/${deliveryId}?include=attempts`);
    if ((attempts as Body[]).length >= count) return attempts as Body[];
    await delay(LOOK_EVERY_MS);
  }
}

function isRing({ body }: Letter): boolean {
  return body.type === 'reminder.due';
}

function since(start: number, { at }: Letter): string {
  return `${((at - start) / 1_000).toFixed(2)} s`;
}
