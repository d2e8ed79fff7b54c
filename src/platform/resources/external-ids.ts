import { Injectable } from '@nestjs/common';
import type { PipeTransform, Type } from '@nestjs/common';
import { isSafeText, isVisibleText } from '../../kit/text.js';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import { Database } from '../database/database.js';
import { tableOf } from '../contract/tables.js';
import { Problem } from '../errors/problem.js';
import { JsonText } from '../projection/json-text.js';
import type { ObjectView } from '../projection/view.js';
import { giveName, lockName, resourceNamed } from '../writes/external-names.sql.js';
import type { ExternalName } from '../writes/external-names.sql.js';
import { notOffered } from './offered.js';
import type { Serves } from './offered.js';
import { replacement } from './replacement.js';

interface NamedRow {
  readonly id: string;
  readonly alive: boolean;
}

/** Resources by their ids in other systems. */
@Injectable()
export class ExternalIds {
  constructor(private readonly database: Database) {}

  async one(actor: Actor, type: Type, name: ExternalName, view: ObjectView): Promise<JsonText> {
    const found = await this.database.rows(type, actor).named(name, view);
    if (found) return found;
    const { noun } = resourceName(type);
    throw new Problem(
      'not_found',
      `There is no ${noun} with the id ${name.externalId} of ${name.source} in this account.`,
    );
  }

  /**
   * Creates the resource with an external id, or changes the existing one: absent fields keep their value, null clears.
   * @throws Problem `conflict` when it is in the trash: it is not restored automatically.
   */
  put<C extends object, U extends object>(
    actor: Actor,
    put: {
      type: Type<{ id: string }>;
      update: Type<U> | undefined;
      service: Serves<C, U>;
      name: ExternalName;
      input: C;
      view: ObjectView;
    },
  ): Promise<JsonText> {
    const { type, service, name, input, view } = put;
    const { noun } = resourceName(type);
    return this.database.together(actor, async (within) => {
      const [named] = await this.database.write(within, async (tx) => {
        await tx.run(lockName(actor.accountId, noun, name));
        return tx.run<NamedRow>(this.find(actor, type, name));
      });
      if (named && !named.alive) throw inTrash(noun, named.id);
      if (named) {
        const { update = notOffered() } = put;
        const changes = await this.database.write(within, (tx) => replacement(tx, type, named.id, { update, input }));
        return service.update?.(within, named.id, changes, view) ?? notOffered();
      }
      const made = await (service.create?.(within, input, view) ?? notOffered());
      await this.database.write(within, (tx) => tx.run(giveName(actor.accountId, noun, name, String(made.id))));
      return new JsonText(made.text, { ...made, created: true });
    });
  }

  private find(actor: Actor, type: Type, name: ExternalName): ReturnType<typeof resourceNamed> {
    const { name: table, softDeleted } = tableOf(type);
    return resourceNamed(actor.accountId, { noun: resourceName(type).noun, table, softDeleted }, name);
  }
}

/** The name of the other system, such as `linkedin`. */
export const SOURCE_RULE = 'takes 1 to 50 letters, digits, points, hyphens and underscores';
/** The id of the resource in that system. */
export const EXTERNAL_ID_RULE = 'takes 1 to 500 characters, some of them visible';

@Injectable()
export class SourcePipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && /^[\w.-]{1,50}$/.test(value)) return value;
    throw Problem.field('source', 'isSource', `source ${SOURCE_RULE}.`);
  }
}

@Injectable()
export class ExternalIdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    const fits =
      typeof value === 'string' &&
      value.length >= 1 &&
      value.length <= 500 &&
      isSafeText(value) &&
      isVisibleText(value);
    if (fits) return value;
    throw Problem.field('externalId', 'isExternalId', `externalId ${EXTERNAL_ID_RULE}.`);
  }
}

function inTrash(noun: string, id: string): Problem {
  return new Problem('conflict', `The ${noun} ${id} with this external id was deleted. Restore it first.`);
}
