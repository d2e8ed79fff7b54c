import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { execute, getIntrospectionQuery, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Config } from '../config/config.js';
import { Problem } from '../errors/problem.js';

/** Bytes of answers that are kept: one of the whole schema has about 1 MB. */
const MOST_KEPT = 16_777_216;
/** Strangers together get so many answers that are not kept yet at once, and then one in this time. */
const BURST = 5;
const EACH_MS = 2_000;

/**
 * Answers of plain introspections. Working one out takes as long as a hundred ordinary requests, so each is kept as bytes, which
 * all answers share; how often strangers may ask for another one is limited.
 */
@Injectable()
export class SchemaAnswers implements OnApplicationBootstrap {
  private readonly kept = new LRUCache<string, Buffer>({ maxSize: MOST_KEPT, sizeCalculation: ({ length }) => length });
  private left = BURST;
  /** In milliseconds of `performance.now()`. */
  private countedAt = 0;

  constructor(
    private readonly host: GraphQLSchemaHost,
    private readonly config: Config,
  ) {}

  /** The question that most tools ask is answered before anybody listens: the first time takes longest. */
  onApplicationBootstrap(): void {
    if (!this.config.roles.has('api') || this.config.introspection === 'false') return;
    const usual = getIntrospectionQuery();
    this.of(usual, parse(usual, { noLocation: true }), false);
  }

  /**
   * The answer, or null if the document is invalid.
   * @throws Problem `too_many_requests` when strangers have asked too often for answers that are not kept
   */
  of(query: string, document: DocumentNode, isStranger: boolean): Buffer | null {
    const known = this.kept.get(query);
    if (known) return known;
    if (isStranger) this.count();
    const { schema } = this.host;
    if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) return null;
    const answer = Buffer.from(JSON.stringify(execute({ schema, document }) as ExecutionResult));
    this.kept.set(query, answer);
    return answer;
  }

  private count(): void {
    const gained = Math.floor((performance.now() - this.countedAt) / EACH_MS);
    if (gained > 0) {
      this.left = Math.min(BURST, this.left + gained);
      this.countedAt = performance.now();
    }
    if (this.left > 0) {
      this.left -= 1;
      return;
    }
    throw new Problem(
      'too_many_requests',
      `Without a key, the schema is worked out anew only once in ${EACH_MS / 1_000} s. Ask as before, or with a key.`,
      [],
      { 'retry-after': String(EACH_MS / 1_000) },
    );
  }
}
