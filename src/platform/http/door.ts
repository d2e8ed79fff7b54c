import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Identification } from '../auth/identification.js';
import { Config } from '../config/config.js';
import { Problem } from '../errors/problem.js';
import { unsupported } from './adapter.js';
import { Intake } from './intake.js';
import { discard, hasBody, ignoreBody, lengthOf, watchStalls } from './unread-body.js';

/** Bodies above this size, in bytes, are let in a few at a time. */
const LARGE = 65_536;
const FILE = 'text/csv';

/** What a route declares with `RouteConfig`. */
interface RouteMarks {
  /** The route asks nothing of its body: a button or a mail program calls it in its own way. */
  readonly ignoresBody?: boolean;
  /** The media type of the file that is its body. */
  readonly takesFile?: string;
}

/**
 * Key first, then bytes: it stands before the parsers of bodies. A request without a valid key is refused with its body unread, on
 * every route but those that were opened to strangers, and those take only few bytes. Where no body is wanted, none is read.
 */
@Injectable()
export class Door implements OnModuleInit {
  private readonly intake = new Intake();
  private readonly opened = new Map<string, number>();

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly identification: Identification,
    private readonly config: Config,
  ) {}

  /** Operator's commands have no server. */
  onModuleInit(): void {
    const server = this.http.httpAdapter?.getInstance<Partial<FastifyInstance> | undefined>();
    server?.addHook?.('onRequest', (request, reply) => this.admit(request, reply));
  }

  /** At this address a body of so many bytes is read before anybody knows whose it is. The route then decides itself. */
  openTo(url: string, bytes: number): void {
    this.opened.set(url, bytes);
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { raw, routeOptions } = request;
    if (!hasBody(raw)) return;
    const { ignoresBody = false, takesFile } = (routeOptions.config ?? {}) as RouteMarks;
    if (ignoresBody || request.is404 || isBodyless(request)) return ignoreBody(request, reply);
    try {
      const accountId = await this.known(request, reply);
      if (mediaTypeOf(request) === FILE && takesFile !== FILE) throw unsupported(request);
      if (accountId !== null && (lengthOf(raw) ?? Infinity) > LARGE) await this.intake.enter(accountId, reply.raw);
    } catch (error) {
      discard(raw, reply.raw);
      throw error;
    }
    watchStalls(raw, this.config.requests.stallMs);
  }

  /** The account of the caller; null for a stranger who may send this much here. */
  private async known(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    const most = this.opened.get(request.routeOptions.url ?? '');
    try {
      return (await this.identification.identify(request, reply)).accountId;
    } catch (error) {
      if (most === undefined || !(error instanceof Problem)) throw error;
      if ((lengthOf(request.raw) ?? Infinity) <= most) return null;
      throw error;
    }
  }
}

function isBodyless({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function mediaTypeOf({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
