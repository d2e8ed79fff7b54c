import 'reflect-metadata';
import { answerTheRing, letItFollowUp } from './demo/follow-up.js';
import { bringTheNetwork, parkARecruiter, sayWhereToRing } from './demo/network.js';
import { openReceiver } from './demo/receiver.js';
import type { Receiver } from './demo/receiver.js';
import { openStage } from './demo/stage.js';
import type { Stage } from './demo/stage.js';
import { tell } from './demo/teller.js';
import { failOnce, resend } from './demo/trouble.js';

/** The exit code of a program that was ended with Ctrl-C. */
const INTERRUPTED = 130;

/** Plays the README's tour by itself, with the whole program on a new database and a receiver on loopback. */
async function demo(): Promise<void> {
  const stopped = interrupted();
  const receiver = await openReceiver();
  const stage = await openStage(receiver.host);
  tell(`Kith runs at ${stage.address}, on a new database of its own, ${runFor()} after its start.`);
  try {
    if (await Promise.race([tour(stage, receiver), stopped])) {
      tell('', `That was the tour, in ${runFor()}. Nothing of it stays. Start your own: npm start`);
    }
  } finally {
    await stage.close();
    await receiver.close();
  }
}

async function tour(stage: Stage, receiver: Receiver): Promise<true> {
  const ada = await bringTheNetwork(stage);
  const mail = await sayWhereToRing(stage, receiver);
  await answerTheRing(stage, mail, ada, await letItFollowUp(stage, mail, ada));
  await resend(stage, mail, await failOnce(stage, mail));
  await parkARecruiter(stage);
  return true;
}

/** Ctrl-C ends the tour, and everything it opened is closed. */
function interrupted(): Promise<false> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.exitCode = INTERRUPTED;
      resolve(false);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

/** `performance.now()` counts from the start of the process. */
function runFor(): string {
  return `${(performance.now() / 1_000).toFixed(1)} s`;
}

await demo();
