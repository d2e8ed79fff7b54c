import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isId } from '../../../kit/ids.js';
import type { Actor } from '../../actor/actor.js';
import { Identification } from '../../auth/identification.js';
import type { Reply, Request } from '../../auth/request.js';
import { Log } from '../../config/log.js';
import { Database } from '../../database/database.js';
import { Problem } from '../../errors/problem.js';
import { JsonText, boundedText } from '../../projection/json-text.js';
import { SelectionReader } from '../../resources/selection-reader.js';
import { MOST_NODES, knownId } from '../nodes.service.js';
import type { CoercedOperation } from './coerced-operation.js';
import { OWN_ID, planOf } from './plan.js';
import type { Plan } from './plan.js';

const MOST_PLANS = 500;
/** What is not tried again by the ordinary lane. */
const COSTLY = new Set(['unavailable', 'too_complex']);

type RunValues = Record<string, unknown>;

/**
 * Answers a query with the text that PostgreSQL wrote: one statement for the whole operation, without executing
 * graphql-js. Invalid queries and fields that are not plain reads are left to the ordinary lane, in the same
 * request, so errors are always those of graphql-js and the resolvers.
 *
 * PostgreSQL writes spaces between tokens where `JSON.stringify` writes none; JSON allows both (RFC 8259 §2).
 */
@Injectable()
export class TextLane {
  /** How many operations it answered. */
  answered = 0;
  private readonly plans = new LRUCache<string, { readonly plan: Plan | null }>({ max: MOST_PLANS });

  constructor(
    private readonly identification: Identification,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /**
   * The whole `data`, or null to leave it to the ordinary lane.
   *
   * @throws Problem `unavailable` or `too_complex`: what took too long or is too large here would be so there
   */
  async answer(asked: CoercedOperation, request: Request, reply: Reply): Promise<JsonText | null> {
    if (asked.operation.operation !== 'query') return null;
    try {
      const data = await this.read(asked, request, reply);
      if (data) this.answered += 1;
      return data;
    } catch (error) {
      if (error instanceof Problem && COSTLY.has(error.code)) throw error;
      if (!(error instanceof Problem || error instanceof GraphQLError)) this.log.failure(error, request.id);
      return null;
    }
  }

  private async read(asked: CoercedOperation, request: Request, reply: Reply): Promise<JsonText | null> {
    if (isOpen(asked)) return null;
    const actor = await this.identification.identify(request, reply);
    const key = `${actor.scopes.join()} ${asked.key}`;
    const plan = this.planned(key, asked, actor);
    const values = plan && valuesOf(plan, asked, actor);
    return plan && values ? written(plan, await this.database.readViews(actor, plan.reads, values, key)) : null;
  }

  private planned(key: string, asked: CoercedOperation, actor: Actor): Plan | null {
    const known = this.plans.get(key);
    if (known) return known.plan;
    const plan = planOf(asked, actor);
    this.plans.set(key, { plan });
    return plan;
  }
}

/** Introspection and `__typename` need no key, so the caller is not identified and no rate limit is counted. */
function isOpen(asked: CoercedOperation): boolean {
  const roots = new SelectionReader(asked).fieldsOf([asked.operation.selectionSet], 'Query');
  return [...roots.values()].every(([node]) => node?.name.value.startsWith('__'));
}

/** The values of a run: the variables, the ids in the document, the account's own id. Null if an id is not a UUID. */
function valuesOf(
  { constants, ids, nodeIds, idLists }: Plan,
  { variableValues }: CoercedOperation,
  actor: Actor,
): RunValues | null {
  const values: RunValues = { ...constants, [OWN_ID]: actor.accountId };
  for (const name of Object.keys(variableValues)) values[`$${name}`] = variableValues[name];
  if (!ids.every((name) => typeof values[name] === 'string' && isId(values[name]))) return null;
  for (const name of nodeIds) values[name] = knownId(values[name]);
  for (const name of idLists) {
    const list = values[name];
    if (!Array.isArray(list) || list.length > MOST_NODES) return null;
    values[name] = list.map(knownId);
  }
  return values;
}

/** The values under their keys; null when one is missing that has to be there. */
function written({ roots }: Plan, texts: readonly (string | null)[]): JsonText | null {
  let [data, next] = ['', 0];
  for (const { key, text, absent } of roots) {
    const value = text ?? texts[next++] ?? absent;
    if (value === null) return null;
    data += `${data === '' ? '{' : ','}${key}${value}`;
  }
  return new JsonText(boundedText(`${data}}`));
}
