import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { isId } from '../../../kit/ids.js';
import { holdsScope } from '../../actor/actor.js';
import type { Actor } from '../../actor/actor.js';
import { readScopeOf, resourceName } from '../../contract/resources.js';
import { Database } from '../../database/database.js';
import { Problem } from '../../errors/problem.js';
import { SavedQuery } from '../../projection/saved-query.js';
import type { KeptRows, SavedQueries } from '../../projection/saved-query.js';
import { SavedFilter } from './saved-filter.entity.js';
import { savedFiltersOf } from './saved-filters.sql.js';

type Found = Pick<SavedFilter, 'id' | 'name' | 'list' | 'filter' | 'sort' | 'q'>;

/** Finds the saved filters that a request names. */
@Injectable()
export class SavedFilterLookup {
  constructor(private readonly database: Database) {}

  /** Those of these ids, in one statement. A text that is no id is left out; an id of nobody refuses when it is used. */
  async find(actor: Actor, given: readonly string[]): Promise<SavedQueries> {
    const ids = [...new Set(given.filter(isId).map((id) => id.toLowerCase()))];
    if (ids.length === 0) return new Map();
    const scope = readScopeOf(SavedFilter) ?? '';
    if (!holdsScope(actor.scopes, scope)) return new Map(ids.map((id) => [id, new SavedQuery(() => lacking(scope))]));
    const rows = await this.database.read<Found>(actor, savedFiltersOf(actor.accountId, ids));
    const found = new Map(rows.map((row) => [row.id, row]));
    return new Map(ids.map((id) => [id, new SavedQuery(found.get(id) ?? ((pointer) => unknown(id, pointer)))]));
  }

  /**
   * What the one that an input names asks of a list.
   *
   * @throws Problem at the pointer when there is none, when it is of another list, or when it does not fit any more
   */
  async rowsOf(actor: Actor, type: Type, id: string, pointer: string): Promise<KeptRows> {
    const query = (await this.find(actor, [id])).get(id);
    if (!query) throw unknown(id, pointer);
    return query.rowsOf(type, pointer);
  }
}

function lacking(scope: string): Problem {
  return new Problem('forbidden', `This key lacks the scope ${scope}.`);
}

function unknown(id: string, pointer: string): Problem {
  return Problem.unknownReference(resourceName(SavedFilter).noun, [id], pointer);
}
