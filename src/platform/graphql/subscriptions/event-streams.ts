import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { createHandler } from 'graphql-sse';
import type { Handler, Request as StreamRequest, Response as StreamResponse } from 'graphql-sse';
import { Log } from '../../config/log.js';
import { Problem } from '../../errors/problem.js';
import { KeyWatch } from './key-watch.js';
import { Operations, wrapped } from './operations.js';

type StreamedRequest = StreamRequest<FastifyRequest, Writing>;
type Results = AsyncIterableIterator<ExecutionResult>;

const EVENT_STREAM = 'text/event-stream';
/** A consumer that reads nothing for this long is disconnected. */
const STALLED_MS = 30_000;

/** Serves one subscription as a stream of server-sent events. */
@Injectable()
export class EventStreams {
  private readonly handler: Handler<FastifyRequest, Writing>;

  constructor(
    operations: Operations,
    private readonly keys: KeyWatch,
    private readonly log: Log,
  ) {
    this.handler = createHandler<FastifyRequest, Writing>({
      authenticate: () => null,
      onSubscribe: ({ raw }, { query, operationName, variables }) => {
        const prepared = operations.prepare({ query, operationName, variables }, raw);
        return 'schema' in prepared ? (prepared as never) : refused(operations.told(prepared));
      },
      onOperation: (_context, _request, _args, result) =>
        isIterable(result) ? (new ToldResults(result) as never) : undefined,
      onNext: async (_context, { context }: StreamedRequest, result) => {
        await context.idle();
        const { errors } = result as ExecutionResult;
        return errors ? { ...result, errors: operations.told(errors) as never } : undefined;
      },
    });
  }

  async serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!accepts(request)) {
      throw new Problem('not_acceptable', `This is a stream: send \`Accept: ${EVENT_STREAM}\`.`);
    }
    const writing = new Writing(reply.raw);
    const [body, { status, headers }] = await this.handler(streamedRequest(request, writing));
    for (const [name, value] of Object.entries(headers ?? {})) void reply.header(name, value);
    void reply.header('cache-control', 'no-store');
    if (body === null || typeof body === 'string') return void (await reply.status(status).send(body ?? ''));
    reply.hijack();
    reply.raw.writeHead(status, reply.getHeaders() as Record<string, string>);
    const unwatch = this.keys.watch(tokenOf(request), () => void body.return(undefined));
    reply.raw.once('close', () => void body.return(undefined));
    try {
      for await (const text of body) await writing.write(text);
    } catch (error) {
      this.log.failure(error, String(request.id));
    } finally {
      unwatch();
      reply.raw.end();
    }
  }
}

/** Results with an error as the last of them, because a stream that only breaks off does not say why. */
class ToldResults implements Results {
  private over = false;

  constructor(private readonly results: Results) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.over) return { done: true, value: undefined };
    try {
      return await this.results.next();
    } catch (error) {
      this.over = true;
      return { done: false, value: { errors: [wrapped(error)] } };
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.over = true;
    await this.results.return?.();
    return { done: true, value: undefined };
  }

  throw(): Promise<IteratorResult<ExecutionResult>> {
    return this.return();
  }
}

/** A response being written. The package's queue has no bound, so the next result waits until the last was sent. */
class Writing {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly response: ServerResponse) {}

  write(text: string): Promise<void> {
    const { response } = this;
    this.last = new Promise((done) => {
      if (response.destroyed) return done();
      const stalled = setTimeout(() => response.destroy(), STALLED_MS).unref();
      response.write(text, () => {
        clearTimeout(stalled);
        done();
      });
    });
    return this.last;
  }

  /** Fulfilled when the operating system has taken everything. */
  idle(): Promise<void> {
    return this.last;
  }
}

function streamedRequest(request: FastifyRequest, context: Writing): StreamedRequest {
  const { method, url, headers, body } = request;
  const get = (name: string): string => (name === 'accept' ? EVENT_STREAM : String(headers[name] ?? ''));
  return { method, url, headers: { get }, body: (body ?? null) as StreamedRequest['body'], raw: request, context };
}

function accepts({ headers: { accept } }: FastifyRequest): boolean {
  return (accept ?? '').split(',').some((type) => type.split(';')[0]?.trim() === EVENT_STREAM);
}

function tokenOf({ headers: { authorization } }: FastifyRequest): string {
  return (authorization ?? '').replace(/^Bearer +/i, '');
}

function refused(errors: readonly object[]): StreamResponse {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return [JSON.stringify({ errors }), { status: 400, statusText: 'Bad Request', headers }];
}

function isIterable(result: unknown): result is Results {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
