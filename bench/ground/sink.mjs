/**
 * Where deliveries arrive: the least that still speaks HTTP/1.1, so that the sender is what is measured. Told by IPC;
 * counts each `webhook-id` once.
 */
import { createServer } from 'node:net';

const OK = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
const NOTHING = Buffer.alloc(0);
const DUE_AT = /"dueAt":"([^"]+)"/;

const nothing = () => ({ ids: new Set(), requests: 0, lastAt: 0, sample: null, late: [] });

let arrived = nothing();
let expected = Infinity;
let onComplete = null;
/** Is it noted how late each message is? Its body then tells when it was due. */
let isTimed = false;

const orders = {
  open: () => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ port: server.address().port }))),
  /** Forgets what came; from now on so many different messages are awaited. */
  expect({ count, timed = false }) {
    isTimed = timed;
    arrived = nothing();
    expected = count;
    return {};
  },
  /** Answers when all have come, or after `ms` with those that have. */
  wait({ ms }) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => onComplete(), ms);
      onComplete = () => {
        clearTimeout(timer);
        const { ids, requests, lastAt, sample, late } = arrived;
        resolve({ count: ids.size, requests, lastAt, sample, late });
      };
      if (arrived.ids.size >= expected) onComplete();
    });
  },
};

const server = createServer((socket) => {
  let pending = NOTHING;
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    for (let taken = take(pending); taken; taken = take(pending)) {
      pending = pending.subarray(taken);
      socket.write(OK);
    }
  });
});

/** Notes one whole request at the beginning of the bytes; answers its length, or 0 when it is not whole yet. */
function take(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const head = bytes.latin1Slice(0, end);
  const whole = end + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < whole) return 0;
  arrived.requests += 1;
  arrived.lastAt = Date.now();
  arrived.ids.add(/\r\nwebhook-id: *([^\r]+)/i.exec(head)?.[1]);
  if (isTimed) arrived.late.push(arrived.lastAt - Date.parse(DUE_AT.exec(bytes.latin1Slice(end, whole))?.[1]));
  arrived.sample ??= { head, body: bytes.utf8Slice(end + 4, whole) };
  if (arrived.ids.size === expected) onComplete?.();
  return whole;
}

process.on('message', async ({ order, ...rest }) => process.send(await orders[order](rest)));
