import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Identification } from '../auth/identification.js';
import { Config } from '../config/config.js';
import { Problem } from '../errors/problem.js';
import { unsupported } from './adapter.js';
import { fileTypeOf } from './file-types.js';
import { Intake } from './intake.js';
import { discard, hasBody, ignoreBody, lengthOf, watchStalls } from './unread-body.js';

/** Bodies above this size, in bytes, are let in a few at a time. */
const LARGE = 65_536;

/** What a route declares with `RouteConfig`. */
interface RouteMarks {
  /** The route asks nothing of its body: a button or a mail program calls it in its own way. */
  readonly ignoresBody?: boolean;
  /** The media type of the file that is its body. */
  readonly takesFile?: string;
  /** The media types of bodies that it takes as they are, byte by byte: a signature is over them. */
  readonly takesBytes?: readonly string[];
}

/** How a route knows a caller without a key: the account, or a refusal. It is asked before the body is read. */
type Knows = (request: FastifyRequest, reply: FastifyReply) => Promise<string>;

/** What strangers may send to an address. */
interface Opening {
  readonly bytes: number;
  readonly knows: Knows | null;
}

/**
 * Key first, then bytes: it stands before the parsers of bodies. A request without a valid key is refused with its body unread, on
 * every route but those that were opened to strangers, and those take only few bytes. Where no body is wanted, none is read.
 */
@Injectable()
export class Door implements OnModuleInit {
  private readonly intake = new Intake();
  private readonly opened = new Map<string, Opening>();

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
    this.opened.set(url, { bytes, knows: null });
  }

  /** At this address callers have no key, and the route knows them by something else. A body of at most so many bytes is then read. */
  openToKnown(url: string, bytes: number, knows: Knows): void {
    this.opened.set(url, { bytes, knows });
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { raw, routeOptions } = request;
    if (!hasBody(raw)) return;
    const { ignoresBody = false, takesFile, takesBytes } = (routeOptions.config ?? {}) as RouteMarks;
    if (ignoresBody || request.is404 || isBodyless(request)) return ignoreBody(request, reply);
    try {
      if (takesBytes && !takesBytes.includes(mediaTypeOf(request))) throw unsupported(request);
      const accountId = await this.known(request, reply);
      const file = fileTypeOf(mediaTypeOf(request));
      if (file !== null && takesFile !== file) throw unsupported(request);
      if (accountId !== null && (lengthOf(raw) ?? Infinity) > LARGE) await this.intake.enter(accountId, reply.raw);
    } catch (error) {
      discard(raw, reply.raw);
      throw error;
    }
    watchStalls(raw, this.config.requests.stallMs);
  }

  /** The account of the caller; null for a stranger who may send this much here. */
  private async known(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    const { bytes: most, knows = null } = this.opened.get(request.routeOptions.url ?? '') ?? {};
    if (knows && most !== undefined) {
      if ((lengthOf(request.raw) ?? 0) > most) throw tooLarge(most);
      return knows(request, reply);
    }
    try {
      return (await this.identification.identify(request, reply)).accountId;
    } catch (error) {
      if (most === undefined || !(error instanceof Problem)) throw error;
      if ((lengthOf(request.raw) ?? Infinity) <= most) return null;
      throw error;
    }
  }
}

/** Whoever calls hears the same, known or not. */
function tooLarge(most: number): Problem {
  return new Problem('payload_too_large', `The body is larger than ${most.toLocaleString('en')} bytes.`);
}

function isBodyless({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function mediaTypeOf({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
