import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';

/** The precondition of a write: the resource has one of these versions, or exists. */
export interface Precondition {
  readonly type: Type<{ id: string }>;
  readonly id: string;
  readonly versions: readonly number[] | 'any';
}

@Injectable()
export class Preconditions {
  constructor(private readonly database: Database) {}

  /**
   * Locks the resource until the end of the actor's unit of work, so that nobody changes it after this check.
   * @throws Problem `precondition_failed` when it has another version (RFC 9110 §13.1.1).
   */
  async check(actor: Actor, { type, id, versions }: Precondition): Promise<void> {
    const row = await this.database.write(actor, (tx) => tx.find(type, id));
    if (versions === 'any' || versions.includes((row as { version?: number }).version ?? 0)) return;
    throw new Problem(
      'precondition_failed',
      `The ${resourceName(type).noun} has changed since you read it. Read it again before you change it.`,
    );
  }
}

/** The versions that `If-Match` names. Only strong tags can match (RFC 9110 §13.1.1). */
export function versionsOf(ifMatch: string): readonly number[] | 'any' {
  if (ifMatch.trim() === '*') return 'any';
  return [...ifMatch.matchAll(/(?:^|,)\s*"(\d{1,10})(?:\.[\w-]*)?"\s*(?=,|$)/g)].map(([, version]) => Number(version));
}
