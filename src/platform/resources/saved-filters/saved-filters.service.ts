import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { shown } from '../../../kit/text.js';
import type { Actor } from '../../actor/actor.js';
import { refuseMore } from '../../database/at-most.js';
import { inserted, merged, updated } from '../../database/changes.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/tx.js';
import { Problem } from '../../errors/problem.js';
import type { JsonText } from '../../projection/json-text.js';
import { faultsOf } from '../../projection/saved-query.js';
import type { ObjectView } from '../../projection/view.js';
import { ResourceService } from '../resource-service.js';
import { listedTypes } from '../root-reads.js';
import { SavedFilter } from './saved-filter.entity.js';
import { savedFilterEvents } from './saved-filter.events.js';
import type { CreateSavedFilterInput, UpdateSavedFilterInput } from './saved-filter.inputs.js';
import { countSavedFilters, lockSavedFilters, savedFilterNamed } from './saved-filters.sql.js';

/** So many an account has. */
const MOST = 200;

type Query = Pick<SavedFilter, 'list' | 'filter' | 'q' | 'sort'>;

/** Saved filters: each fits the list that it is for, when it is saved. */
@Injectable()
export class SavedFiltersService extends ResourceService<CreateSavedFilterInput, UpdateSavedFilterInput> {
  constructor(database: Database) {
    super(database, SavedFilter, savedFilterEvents);
  }

  /** @throws Problem `already_exists` if there is one of that name */
  override async create(actor: Actor, input: CreateSavedFilterInput, view: ObjectView): Promise<JsonText> {
    const { list, filter, q = null, sort = [] } = input;
    refuseUnfit({ list, filter, q, sort });
    return this.database.write(actor, async (tx) => {
      await tx.run(lockSavedFilters(actor.accountId));
      await refuseMore(tx, countSavedFilters(actor.accountId), { most: MOST, what: 'saved filters', pointer: '' });
      await refuseTaken(tx, input.name);
      return (await tx.apply(inserted(SavedFilter, { ...input, id: newId() }, savedFilterEvents.created), view)).json;
    });
  }

  /** @throws Problem `already_exists` if there is another one of that name */
  override async update(actor: Actor, id: string, input: UpdateSavedFilterInput, view: ObjectView): Promise<JsonText> {
    const { name, note, ...query } = input;
    return this.database.write(actor, async (tx) => {
      await tx.run(lockSavedFilters(actor.accountId));
      const before = await tx.find(SavedFilter, id);
      // One that does not fit any more can still be renamed.
      if (Object.values(query).some((value) => value !== undefined)) refuseUnfit(merged(before, query));
      if (name !== undefined) await refuseTaken(tx, name, id);
      return (await tx.apply(updated(SavedFilter, id, { name, note, ...query }, savedFilterEvents.updated), view)).json;
    });
  }
}

/** @throws Problem `invalid_input` that names every place that does not fit the list */
function refuseUnfit({ list, ...query }: Query): void {
  const type = listedTypes().get(list);
  if (!type) {
    const detail = `There is no list ${shown(list)}. Allowed: ${[...listedTypes().keys()].join(', ')}.`;
    throw Problem.field('/list', 'unknownList', detail);
  }
  const faults = faultsOf(type, query).map((fault) => ({ ...fault, pointer: `/${fault.pointer}` }));
  if (faults.length > 0) throw new Problem('invalid_input', faults.map(({ detail }) => detail).join(' '), faults);
}

async function refuseTaken(tx: Tx, name: string, own?: string): Promise<void> {
  const [other] = await tx.run<Pick<SavedFilter, 'id' | 'name'>>(savedFilterNamed(tx.actor.accountId, name));
  if (!other || other.id === own) return;
  const detail = `There is a saved filter ${shown(other.name)} already, ${other.id}: change that one, or choose another name.`;
  throw new Problem('already_exists', detail, [{ pointer: '/name', code: 'alreadyThere', detail }]);
}
