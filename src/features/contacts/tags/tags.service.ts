import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { renameInSavedFilters } from '../../../platform/resources/saved-filters/renamed-values.js';
import { Contact } from '../contact.entity.js';
import { MOST_EDITED, inParts } from '../edited.sql.js';
import { Tag } from './tag.entity.js';
import type { MergeTagsInput, UpdateTagInput } from './tag.inputs.js';
import { RetagStatement, lockedTags, tagNamed, taggedContacts, taggedWith } from './tags.sql.js';
import type { Named } from './tags.sql.js';

/** The tags of contacts, renamed, merged and deleted on all of them at once. */
@Injectable()
export class TagsService extends ReadService {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly statement: RetagStatement,
  ) {
    super(database, Tag);
  }

  /** @throws Problem `already_exists` if there is a tag of that name, which is the one to merge into */
  async rename(actor: Actor, id: string, { name }: UpdateTagInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const tag = await this.locked(tx, id);
      if (name === undefined || name === tag.name) return tx.one(Tag, id, view);
      const [other] = await tx.run<Named>(tagNamed(actor.accountId, name));
      if (other) refuseTaken(other);
      await tx.apply(updated(Tag, id, { name }, null));
      await this.renamed(tx, tag, name);
      return tx.one(Tag, id, view);
    });
  }

  /** Whoever carries the other tag carries this one instead. The database removes the other with the last contact that carried it. */
  async merge(actor: Actor, id: string, { tagId }: MergeTagsInput, view: ObjectView): Promise<JsonText> {
    if (id === tagId) throw Problem.field('/tagId', 'notItself', 'A tag is itself already: name the other one.');
    return this.database.write(actor, async (tx) => {
      const found = await this.lock(tx, tagId, id);
      const [kept, merged] = [id, tagId].map((one) => found.find((tag) => tag.id === one));
      if (!kept) throw Problem.notFound('tag', id);
      if (!merged) throw Problem.unknownReference('tag', [tagId], '/tagId');
      await this.renamed(tx, merged, kept.name);
      return tx.one(Tag, id, view);
    });
  }

  /** Takes the tag from every contact; the database removes it with the last one. */
  async discard(actor: Actor, id: string): Promise<void> {
    await this.database.write(actor, async (tx) => this.retag(tx, await this.locked(tx, id), null));
  }

  private async locked(tx: Tx, id: string): Promise<Named> {
    const [tag] = await this.lock(tx, id);
    if (!tag) throw Problem.notFound('tag', id);
    return tag;
  }

  /** Whoever writes a contact locks it and then its tags; in the other order both would wait for each other. */
  private async lock(tx: Tx, changed: string, ...others: string[]): Promise<Named[]> {
    const { accountId } = tx.actor;
    await tx.run(taggedWith(accountId, changed, MOST_EDITED + 1));
    return tx.run<Named>(lockedTags(accountId, [changed, ...others]));
  }

  private async renamed(tx: Tx, tag: Named, to: string): Promise<void> {
    await this.retag(tx, tag, to);
    await renameInSavedFilters(tx, Contact, { property: 'tags', from: tag.name, to });
  }

  private async retag(tx: Tx, { name: from }: Named, to: string | null): Promise<void> {
    const { accountId } = tx.actor;
    const tagged = await tx.run<{ id: string }>(taggedContacts(accountId, from, MOST_EDITED + 1));
    if (tagged.length > MOST_EDITED) refuseMany();
    for (const ids of inParts(tagged.map(({ id }) => id)))
      await tx.run(this.statement.of(accountId, { ids, from, to }, this.clock));
  }
}

function refuseMany(): never {
  const most = MOST_EDITED.toLocaleString('en');
  const detail = `More than ${most} contacts carry this tag, and at most so many change at once: edit them in parts first, with a bulk edit.`;
  throw new Problem('unprocessable', detail);
}

function refuseTaken({ id, name }: Named): never {
  const detail = `There is a tag ${name} already: merge this one into it, the tag ${id}.`;
  throw new Problem('already_exists', detail, [{ pointer: '/name', code: 'alreadyThere', detail }]);
}
