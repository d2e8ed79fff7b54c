import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { Server as Protocol } from 'graphql-ws';
import type { FormattedExecutionResult } from 'graphql';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { newId } from '../../../kit/ids.js';
import { Identification } from '../../auth/identification.js';
import type { Request } from '../../auth/request.js';
import { Log } from '../../config/log.js';
import { EventFeed } from '../../events/feed/event-feed.js';
import { Problem } from '../../errors/problem.js';
import { KeyWatch } from './key-watch.js';
import { Operations, wrapped } from './operations.js';

const PATH = '/graphql';
/** The largest message a client may send, in bytes: a subscription is one field. */
const LARGEST_MESSAGE = 65_536;
/** Subscriptions on one socket. */
const MOST_SUBSCRIPTIONS = 50;
const INIT_MS = 3_000;
/** Sockets that have not said yet who they are. Each of them may hold one message. */
const MOST_STRANGERS = 500;
/** A socket that has not answered a ping when the next is due is closed. */
const PING_MS = 12_000;
/** How long a stop waits for clients to close their side. */
const GOODBYE_MS = 2_000;

/** The state of one connection; the header `authorization` is used if the connection parameters have none. */
interface Connection {
  readonly socket: WebSocket;
  readonly authorization: string | undefined;
  admitted?: string;
  /** To be called when the caller is known, or gone. */
  known?: () => void;
  unwatch?: () => void;
}

/**
 * GraphQL over WebSocket (the graphql-transport-ws protocol) on /graphql. The sockets are connected here, because the
 * package's own code writes failures to the console instead of the log.
 */
@Injectable()
export class SocketServer implements OnModuleInit {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols,
  });
  private readonly protocol: Protocol<Connection>;
  private strangers = 0;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly identification: Identification,
    private readonly operations: Operations,
    private readonly keys: KeyWatch,
    private readonly feed: EventFeed,
    private readonly log: Log,
  ) {
    this.protocol = makeServer<Record<string, unknown>, Connection>({
      connectionInitWaitTimeout: INIT_MS,
      onConnect: ({ connectionParams, extra }) => this.admit(extra, connectionParams?.authorization),
      onSubscribe: ({ extra, subscriptions }, _id, sent) =>
        Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS
          ? [wrapped(tooMany())]
          : this.operations.prepare(sent, requestOf(extra)),
      onNext: (_context, _id, _sent, _args, { errors, ...result }) =>
        errors ? ({ ...result, errors: this.operations.told(errors) } as FormattedExecutionResult) : undefined,
      onError: (_context, _id, _sent, errors) => this.operations.told(errors),
      onClose: ({ extra }) => extra.unwatch?.(),
    });
  }

  /** A closing server waits for every connection, so the streams end when it begins to close. Operator's commands have no server. */
  onModuleInit(): void {
    const server = this.http.httpAdapter?.getInstance<Partial<FastifyInstance> | undefined>();
    server?.addHook?.('preClose', () => this.close());
    server?.server?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
  }

  /** Streams are completed first, so that their clients know to resume; then the sockets are closed. */
  private async close(): Promise<void> {
    this.feed.complete();
    await new Promise(setImmediate);
    const open = [...this.sockets.clients];
    const closed = open.map((socket) => new Promise((done) => socket.once('close', done)));
    for (const socket of open) socket.close(1001, 'Going away');
    const cut = setTimeout(() => open.forEach((socket) => socket.terminate()), GOODBYE_MS);
    await Promise.all(closed);
    clearTimeout(cut);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?');
    if (path === PATH && this.strangers >= MOST_STRANGERS) return refused(socket, '503 Service Unavailable');
    if (path === PATH) {
      this.sockets.handleUpgrade(request, socket, head, (opened) => this.opened(opened, request));
      return;
    }
    refused(socket, '404 Not Found');
  }

  private opened(socket: WebSocket, { headers: { authorization } }: IncomingMessage): void {
    const connection: Connection = { socket, authorization };
    this.strangers += 1;
    connection.known = once(() => (this.strangers -= 1));
    const stopPinging = keepAlive(socket);
    // A message that is too large or malformed; the socket closes itself with the right code.
    socket.on('error', (error) => this.log.debug('a socket failed', 'SocketServer', error));
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => sent(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (hear) => {
          socket.on('message', (data) => void hear(String(data)).catch((error: unknown) => this.failed(socket, error)));
        },
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      stopPinging();
      connection.known?.();
      closed(code, String(reason)).catch((error: unknown) => this.log.failure(error, 'a socket'));
    });
  }

  private async admit(connection: Connection, given: unknown): Promise<boolean> {
    const authorization = typeof given === 'string' ? given : connection.authorization;
    connection.admitted = authorization ?? '';
    try {
      await this.identification.identify(requestOf(connection), { header: () => undefined });
    } catch (error) {
      return refuse(connection, error);
    }
    const token = connection.admitted.replace(/^Bearer +/i, '');
    if (this.keys.isFull(token)) return refuse(connection, new Problem('too_many_requests', ''));
    connection.unwatch = this.keys.watch(token, () =>
      connection.socket.close(CloseCode.Forbidden, 'The key is no longer valid'),
    );
    connection.known?.();
    if (connection.socket.readyState !== connection.socket.OPEN) connection.unwatch();
    return true;
  }

  private failed(socket: WebSocket, error: unknown): void {
    this.log.failure(error, 'a socket');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  }
}

function tooMany(): Problem {
  const detail = `A socket carries at most ${MOST_SUBSCRIPTIONS} subscriptions. Complete one, or open another socket.`;
  return new Problem('too_many_requests', detail);
}

function refused(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/** A separate request for each operation, so that each counts against the key's rate limit. */
function requestOf({ admitted, authorization }: Connection): Request {
  return { id: newId(), headers: { authorization: admitted ?? authorization } };
}

/** Clients treat codes of 4400 and more as final, except 4403, after which they may try again. */
function refuse({ socket }: Connection, error: unknown): boolean {
  const code = error instanceof Problem ? error.code : 'internal';
  if (code === 'unauthenticated') socket.close(CloseCode.Forbidden, 'Forbidden: no valid key');
  else if (code === 'too_many_requests') socket.close(CloseCode.Forbidden, 'Too many requests');
  else socket.close(CloseCode.InternalServerError, 'Try again shortly');
  return false;
}

/** Fulfilled when the operating system has taken the text, so the sender waits for a slow reader. */
function sent(socket: WebSocket, text: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((done) => socket.send(text, () => done()));
}

function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const pinging = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS).unref();
  return () => clearInterval(pinging);
}
