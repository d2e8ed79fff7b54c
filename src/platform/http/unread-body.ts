import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseStalled } from './unreadable-request.js';

/** So much of a body that nobody wants is read and thrown away, in bytes, so that its sender hears the answer. */
const MOST_DISCARDED = 262_144;
/** So long the sender may take for it. */
const DISCARD_MS = 2_000;

/** The headers that say that there is a body, and what it is. */
const ABOUT_BODY = ['content-type', 'content-length', 'transfer-encoding'] as const;

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** The number of bytes that the body will have; null if it comes in chunks, and nobody knows. */
export function lengthOf({ headers }: IncomingMessage): number | null {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
}

/** Takes no notice of the body: the request continues as one without. */
export function ignoreBody({ raw }: FastifyRequest, { raw: response }: FastifyReply): void {
  discard(raw, response);
  for (const name of ABOUT_BODY) Reflect.deleteProperty(raw.headers, name);
}

/**
 * Throws away what comes of a body, up to a bound. Beyond it nothing more is read, and the connection is closed once the answer was
 * sent. Node alone would read on for as long as the client sends.
 */
export function discard(raw: IncomingMessage, response: ServerResponse): void {
  const { socket } = raw;
  let left = MOST_DISCARDED;
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left >= 0) return;
    if (response.writableFinished) socket.destroy();
    else raw.pause();
  });
  response.once('finish', () => {
    if (raw.complete) return;
    if (left < 0) return void socket.destroy();
    const late = setTimeout(() => socket.destroy(), DISCARD_MS).unref();
    for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(late));
  });
}

/** Answers 408 and closes the connection if the body stops arriving for so long. */
export function watchStalls(raw: IncomingMessage, stallMs: number): void {
  const { socket } = raw;
  // The generator of the contracts asks without a connection.
  if (!(socket instanceof Socket)) return;
  const usual = socket.timeout ?? 0;
  const refuse = (): void => refuseStalled(socket);
  raw.setTimeout(stallMs, refuse);
  raw.once('end', () => {
    raw.off('timeout', refuse);
    socket.setTimeout(usual);
  });
}
