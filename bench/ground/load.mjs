/**
 * The load generator, in a process of its own: so many connections, each with one request under way, over a fixed list
 * of requests in order. Told by IPC; answers with what it measured.
 */
import { Client } from 'undici';

process.on('message', (order) => {
  run(order).then(
    (result) => process.send(result),
    (error) => process.send({ failure: error.stack }),
  );
});

/** Ends after `seconds`, or after `count` requests. */
async function run({ origin, requests, connections, seconds = Infinity, count = Infinity }) {
  const round = { requests, next: 0, left: count, until: 0, times: [], bytes: 0, errors: 0, firstError: null };
  const startedAt = performance.now();
  round.until = startedAt + seconds * 1000;
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  await Promise.all(clients.map((client) => new Promise((done) => send(client, round, done))));
  const took = (performance.now() - startedAt) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  return measured(round, took);
}

function send(client, round, done) {
  if (round.left <= 0 || performance.now() >= round.until) return done();
  round.left -= 1;
  const request = round.requests[round.next++ % round.requests.length];
  const sentAt = performance.now();
  let status = 0;
  const finish = (error) => {
    round.times.push(performance.now() - sentAt);
    if (error || status !== request.expect) {
      round.errors += 1;
      round.firstError ??= error?.message ?? `${request.method} ${request.path} answered ${status}`;
    }
    send(client, round, done);
  };
  client.dispatch(request, {
    onRequestStart() {},
    onResponseStart(_controller, code) {
      status = code;
    },
    onResponseData(_controller, chunk) {
      round.bytes += chunk.length;
    },
    onResponseEnd: () => finish(null),
    onResponseError: (_controller, error) => finish(error),
  });
}

function measured({ times, bytes, errors, firstError }, took) {
  const sorted = Float64Array.from(times).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const requests = sorted.length;
  return { rps: requests / took, p50: at(0.5), p99: at(0.99), requests, bytes: bytes / requests, errors, firstError };
}
