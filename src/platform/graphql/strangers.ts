import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import { Identification } from '../auth/identification.js';
import { Config } from '../config/config.js';
import { sendProblem } from '../errors/problem.filter.js';
import { Problem } from '../errors/problem.js';
import { Door } from '../http/door.js';
import { isPlainIntrospection, isTypename } from './introspection.js';
import { LONGEST_DOCUMENT, TOO_LONG } from './limits.js';
import { SchemaAnswers } from './schema-answers.js';

const PATH = '/graphql';
/** What a stranger may send, in bytes: four times what the tools send to ask for the schema. */
const LARGEST_OF_STRANGERS = 16_384;
const MOST_TOKENS = 1_000;
const GRAPHQL_MEDIA_TYPE = 'application/graphql-response+json';

interface Sent {
  readonly query?: unknown;
  readonly operationName?: unknown;
}

/**
 * Without a key only a plain introspection is answered on /graphql: every other document is refused before anybody validates it. A
 * plain introspection of whoever has a key is answered in the same way, from the same store.
 */
@Injectable()
export class Strangers implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly door: Door,
    private readonly identification: Identification,
    private readonly answers: SchemaAnswers,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.door.openTo(PATH, LARGEST_OF_STRANGERS);
    const server = this.http.httpAdapter?.getInstance<Partial<FastifyInstance> | undefined>();
    server?.addHook?.('preHandler', (request, reply) => this.judge(request, reply));
  }

  private async judge(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.routeOptions.url !== PATH || request.method === 'OPTIONS') return;
    const refusal = await this.identification.identify(request, reply).then(() => null, asRefusal);
    const { query, operationName } = sentIn(request);
    if (typeof query === 'string' && query.length > LONGEST_DOCUMENT)
      return sendProblem(reply, request, refusal ?? tooLong());
    const document = refusal || isAboutSchema(query) ? parsed(query) : null;
    const mayAsk = refusal ? this.config.introspection === 'true' : this.config.introspection !== 'false';
    const isPlain = document !== null && mayAsk && isPlainIntrospection(document, operationName);
    const answer = isPlain ? this.answered(String(query), document, refusal) : null;
    if (Buffer.isBuffer(answer)) return void (await reply.type(mediaTypeOf(request)).send(answer));
    if (document && isTypename(document)) return;
    const why = answer ?? refusal;
    if (why) sendProblem(reply, request, why);
  }

  /** The answer, or why there is none; null for an invalid document. */
  private answered(query: string, document: DocumentNode, refusal: Problem | null): Buffer | Problem | null {
    try {
      return this.answers.of(query, document, refusal !== null);
    } catch (error) {
      return asRefusal(error);
    }
  }
}

function tooLong(): Problem {
  return new Problem('too_complex', TOO_LONG);
}

function asRefusal(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

function sentIn({ method, body, query }: FastifyRequest): Sent {
  const sent = method === 'POST' ? body : query;
  return typeof sent === 'object' && sent !== null ? sent : {};
}

function isAboutSchema(query: unknown): boolean {
  return typeof query === 'string' && query.length <= LARGEST_OF_STRANGERS && query.includes('__schema');
}

/** Null for what is no document: whoever has a key hears why from graphql-js, a stranger only that a key is needed. */
function parsed(query: unknown): DocumentNode | null {
  if (typeof query !== 'string' || query.length > LARGEST_OF_STRANGERS) return null;
  try {
    return parse(query, { maxTokens: MOST_TOKENS, noLocation: true });
  } catch {
    return null;
  }
}

function mediaTypeOf({ headers }: FastifyRequest): string {
  return headers.accept?.includes(GRAPHQL_MEDIA_TYPE) ? GRAPHQL_MEDIA_TYPE : 'application/json; charset=utf-8';
}
