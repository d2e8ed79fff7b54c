import { Injectable } from '@nestjs/common';
import { isId } from '../../kit/ids.js';
import type { Actor } from '../actor/actor.js';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';
import { JsonText } from '../projection/json-text.js';
import { readableTypes } from '../resources/root-reads.js';
import type { SelectNodes } from '../resources/selection.js';

/** The most ids of one question. */
export const MOST_NODES = 100;

/** Finds the resource of this account with an id, if the key may read it. Ids of other accounts find nothing. */
@Injectable()
export class NodesService {
  constructor(private readonly database: Database) {}

  async one(actor: Actor, id: string, select: SelectNodes): Promise<JsonText> {
    const views = select(readableTypes(actor));
    const [text] = await this.database.readViews(actor, [{ kind: 'node', views, id: 'id' }], { id: knownId(id) });
    return new JsonText(text ?? 'null');
  }

  async several(actor: Actor, ids: readonly string[], select: SelectNodes): Promise<JsonText> {
    if (ids.length > MOST_NODES) {
      throw Problem.field('ids', 'tooMany', `ids takes at most ${MOST_NODES} ids, not ${ids.length}.`);
    }
    const views = select(readableTypes(actor));
    const values = { ids: ids.map(knownId) };
    const [text] = await this.database.readViews(actor, [{ kind: 'nodes', views, ids: 'ids' }], values);
    return new JsonText(text ?? 'null');
  }
}

/** An id that is not a UUID finds nothing. */
export function knownId(id: unknown): string | null {
  return typeof id === 'string' && isId(id) ? id : null;
}
