import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import { tableOf } from '../contract/tables.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import { Problem } from '../errors/problem.js';
import type { Versions } from '../../kit/entity-tags.js';
import { lockName, resourceNamed } from './external-names.sql.js';
import type { ExternalName } from './external-names.sql.js';

/** The resource that a write is about to change. */
export type Target =
  | { readonly type: Type<{ id: string }>; readonly id: string; readonly trashed?: boolean }
  | { readonly type: Type<{ id: string }>; readonly name: ExternalName }
  | null;

/** What must hold of a resource before a write: it has one of these versions, and none of those. */
export interface Precondition {
  readonly match: Versions | null;
  readonly noneMatch: Versions | null;
}

@Injectable()
export class Preconditions {
  constructor(private readonly database: Database) {}

  /**
   * Locks the resource until the end of the actor's unit of work, so that nobody changes it after this check.
   * @throws Problem `precondition_failed` (RFC 9110 §13.1.1 and §13.1.2).
   */
  async check(actor: Actor, target: Target, { match, noneMatch }: Precondition): Promise<void> {
    const version = target && (await this.database.write(actor, (tx) => versionOf(tx, target)));
    if (match && !isAmong(version, match)) throw unmet(target, version);
    if (noneMatch && isAmong(version, noneMatch)) throw unwanted(target);
  }
}

function isAmong(version: number | null, versions: Versions): boolean {
  return version !== null && (versions === 'any' || versions.includes(version));
}

/** The version of the resource, locked, or null if there is none. */
async function versionOf(tx: Tx, target: NonNullable<Target>): Promise<number | null> {
  const { accountId } = tx.actor;
  const { name: table, softDeleted } = tableOf(target.type);
  const id = 'id' in target ? target.id : await idOf(tx, target);
  if (id === null) return null;
  const alive = softDeleted && !('trashed' in target && target.trashed) ? ' and deleted_at is null' : '';
  const text = `select version from ${table} where account_id = $1 and id = $2${alive} for update`;
  const [row] = await tx.run<{ version: number }>({ text, values: [accountId, id] });
  return row?.version ?? null;
}

/** The lock of the name is kept: what does not exist yet must still not exist when it is created. */
async function idOf(tx: Tx, { type, name }: { type: Type; name: ExternalName }): Promise<string | null> {
  const { accountId } = tx.actor;
  const { name: table, softDeleted } = tableOf(type);
  const { noun } = resourceName(type);
  await tx.run(lockName(accountId, noun, name));
  const [named] = await tx.run<{ id: string }>(resourceNamed(accountId, { noun, table, softDeleted }, name));
  return named?.id ?? null;
}

function unmet(target: Target, version: number | null): Problem {
  if (!target) {
    const detail = 'This creates something new, which has no version yet. Send it without a version.';
    return new Problem('precondition_failed', detail);
  }
  const { noun } = resourceName(target.type);
  const detail =
    version === null
      ? `There is no such ${noun} in this account. Create it without If-Match, or read the list again.`
      : `The ${noun} has changed since you read it. Read it again before you change it.`;
  return new Problem('precondition_failed', detail);
}

function unwanted(target: Target): Problem {
  const noun = target ? resourceName(target.type).noun : 'resource';
  const detail = `The ${noun} exists already. To change it, send its version as If-Match instead of If-None-Match.`;
  return new Problem('precondition_failed', detail);
}
