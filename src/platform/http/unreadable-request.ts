import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemBody } from '../errors/problem.filter.js';
import { Problem } from '../errors/problem.js';

/** What Node reports when the headers or the whole request took too long. */
const TIMED_OUT = 'ERR_HTTP_REQUEST_TIMEOUT';

/** Answers requests that Node could not read as HTTP with a problem, like every other error, and closes the connection. */
export function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(rawAnswer(problemOf(error.code)));
  socket.destroy();
}

/** Answers a request whose body has stopped arriving, and closes the connection. */
export function refuseStalled(socket: Socket): void {
  refuseUnreadable(Object.assign(new Error('The body has stopped arriving.'), { code: TIMED_OUT }), socket);
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem('headers_too_large', 'The headers and the address have more than 16 kB.');
  if (code === TIMED_OUT) return new Problem('request_timeout', 'The request did not arrive completely in time.');
  return new Problem('malformed_request', 'The request is not HTTP.');
}

function rawAnswer(problem: Problem): string {
  const id = randomUUID();
  const body = JSON.stringify(problemBody(problem, '/', id));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
