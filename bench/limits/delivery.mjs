/** The limit of row 6: prepared bodies, signed (Standard Webhooks 1.0) and posted by an undici pool, and nothing kept. */
import { createHmac, randomUUID } from 'node:crypto';
import { Pool } from 'undici';

process.on('message', (order) => {
  run(order).then(
    (result) => process.send(result),
    (error) => process.send({ failure: error.stack }),
  );
});

async function run({ origin, body, count, concurrency, secret }) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const bodies = Array.from({ length: count }, () => ({ id: randomUUID(), bytes: Buffer.from(body) }));
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, () => drain(pool, bodies, key)));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return { seconds };
}

async function drain(pool, bodies, key) {
  for (let message = bodies.pop(); message; message = bodies.pop()) {
    const timestamp = Math.floor(Date.now() / 1000);
    const signed = createHmac('sha256', key)
      .update(`${message.id}.${timestamp}.`)
      .update(message.bytes)
      .digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signed}`,
    };
    const answer = await pool.request({ path: '/', method: 'POST', headers, body: message.bytes });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`The sink answered ${answer.statusCode}.`);
  }
}
