import { parentPort } from 'node:worker_threads';
import { bodyOf, readMail } from './mail.js';
import type { Mail } from './mail.js';

/** A question to the thread that reads: a whole mail, or an HTML body. */
export type ReadingOrder = { readonly mime: ArrayBuffer } | { readonly html: string };

/** Its answer: the mail, the text of the body, or why it cannot be read. */
export type ReadingAnswer = { readonly mail: Mail } | { readonly text: string } | { readonly failure: string };

const WARM = new TextEncoder().encode(
  'From: A <a@example.org>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--\r\n',
);

async function answered(order: ReadingOrder): Promise<ReadingAnswer> {
  try {
    return 'html' in order ? { text: bodyOf(order.html) } : { mail: await readMail(order.mime) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'fails' };
  }
}

// The first mail of a thread takes longer than all that follow: its time is nobody's.
await answered({ mime: WARM.buffer });
parentPort?.on('message', (order: ReadingOrder) => {
  void answered(order).then((answer) => parentPort?.postMessage(answer));
});
parentPort?.postMessage('ready');
