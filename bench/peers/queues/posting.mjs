/** What a task of either queue does: the message signed (Standard Webhooks 1.0) and posted by an undici pool. */
import { createHmac } from 'node:crypto';
import { Pool } from 'undici';

export class Posting {
  constructor({ origin, secret, concurrency }) {
    this.key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    this.pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  }

  async post(id, message) {
    const body = Buffer.from(JSON.stringify(message));
    const timestamp = Math.floor(Date.now() / 1000);
    const signed = createHmac('sha256', this.key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': String(id),
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signed}`,
    };
    const answer = await this.pool.request({ path: '/', method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`The sink answered ${answer.statusCode}.`);
  }
}

/** Obeys orders over IPC, one answer each. */
export function obey(orders) {
  process.on('message', ({ order, ...rest }) => {
    orders[order](rest).then(
      (answer) => process.send(answer ?? {}),
      (error) => process.send({ failure: error.stack }),
    );
  });
}
