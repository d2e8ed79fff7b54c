import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { belongingsOf } from '../../../platform/contract/belongings.js';
import { allMentions } from '../../../platform/contract/mentions.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { Statement } from '../../../platform/database/tx.js';
import { JsonText } from '../../../platform/projection/json-text.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { Contact } from '../contact.entity.js';
import type { EraseContactInput } from './erasure.inputs.js';
import { Erasure } from './erasure.entity.js';
import { lockPeopleAmong, mergedInto, peopleAmong, rowsAbout } from './erasing.sql.js';
import type { KnownPerson } from './erasing.sql.js';
import { rowsMentioning } from './mentioning.sql.js';
import { Removal } from './removal.service.js';
import { tracesOf } from './traces.js';

/** So many rows of each kind are shown of one person. */
const MOST_ROWS = 1_000;

type Row = Readonly<Record<string, unknown>>;

/** What is held on one person, and the end of it. */
@Injectable()
export class ErasuresService extends ReadService {
  constructor(
    database: Database,
    private readonly removal: Removal,
  ) {
    super(database, Erasure);
  }

  /**
   * Erases a person, whether in the trash or not, with the contacts that were merged into this one.
   *
   * @throws Problem `not_found`; `invalid_input` unless the name is given as the contact has it
   */
  async erase(actor: Actor, id: string, { name }: EraseContactInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const [person] = await tx.run<KnownPerson>(lockPeopleAmong(actor.accountId, [id]));
      if (!person) throw Problem.notFound('contact', id);
      if (person.name !== name) {
        throw Problem.field(
          '/name',
          'isTheirName',
          'name must be the name of the contact: an erasure cannot be undone.',
        );
      }
      const merged = await tx.run<{ id: string }>(mergedInto(actor.accountId, id));
      const ids = merged.map((one) => one.id);
      await this.removal.erase(tx, [person, ...(await tx.run<KnownPerson>(lockPeopleAmong(actor.accountId, ids)))]);
      return tx.one(Erasure, id, view);
    });
  }

  /** Everything that is held on one person, over every feature. `more` names the kinds of which there are more rows than are shown. */
  async personalData(actor: Actor, id: string): Promise<JsonText> {
    return this.database.snapshot(actor, async (run) => {
      const rows = this.database.rows(Contact, actor);
      const { text } = await rows.one(id, wholeView(Contact));
      const parts = [`"contact":${text}`];
      const more: string[] = [];
      const show = async (name: string, rows: Statement): Promise<void> => {
        const found = await run<{ row: Row }>(rows);
        const shown = found.slice(0, MOST_ROWS).map(({ row }) => named(row));
        if (found.length > MOST_ROWS) more.push(name);
        parts.push(`${JSON.stringify(name)}:${JSON.stringify(shown)}`);
      };
      for (const belonging of belongingsOf(Contact))
        await show(belonging.name, rowsAbout(actor.accountId, belonging, [id], MOST_ROWS + 1));
      const merged = await run<{ id: string }>(mergedInto(actor.accountId, id));
      const ids = [id, ...merged.map((one) => one.id)];
      const traces = tracesOf(await run<KnownPerson>(peopleAmong(actor.accountId, ids)));
      for (const mentions of allMentions())
        await show(mentions.name, rowsMentioning(actor.accountId, mentions, traces, MOST_ROWS + 1));
      return new JsonText(`{${parts.join(',')},"more":${JSON.stringify(more)}}`);
    });
  }
}

/** Columns by the names of the API. */
function named(row: Row): Row {
  const camel = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), value]));
}
