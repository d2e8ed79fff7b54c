import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import { Projection } from '../../../platform/projection/projection.js';
import { SavedFilterLookup } from '../../../platform/resources/saved-filters/saved-filter-lookup.js';
import { Contact } from '../contact.entity.js';
import { ContactsService } from '../contacts.service.js';
import { MOST_EDITED, inParts } from '../edited.sql.js';
import { EDITED, MOST_TAGS, RHYTHM } from './bulk-edit.shapes.js';
import type { BulkEditContactsInput, BulkEditedContacts } from './bulk-edit.shapes.js';
import { countEditable, editAll, editsTags, findEditable, givenFields } from './bulk-edits.sql.js';
import type { Edit, Editable } from './bulk-edits.sql.js';

/** So many contacts change at once if their reminders may move, which is done one by one. */
const MOST_MOVED = 500;
const NAMED = 3;

/** Changes all contacts that a filter finds, after they were counted: all of them, or none. */
@Injectable()
export class BulkEditsService {
  constructor(
    private readonly database: Database,
    private readonly projection: Projection,
    private readonly contacts: ContactsService,
    private readonly clock: Clock,
    private readonly savedFilters: SavedFilterLookup,
  ) {}

  /** @throws Problem `conflict` when other contacts than expected would change */
  async edit(actor: Actor, given: BulkEditContactsInput): Promise<BulkEditedContacts> {
    refuseEmpty(given);
    const { expectCount, savedFilter } = given;
    const saved = savedFilter && (await this.savedFilters.rowsOf(actor, Contact, savedFilter, '/savedFilter'));
    const input: Edit = saved ? { ...given, saved } : given;
    const [found] = await this.database.read<{ count: number }>(actor, countEditable(actor, input, this.clock));
    const count = found?.count ?? 0;
    if (expectCount === undefined) return { count, edited: false };
    if (count !== expectCount) refuseOthers(expectCount, count);
    refuseMany(count, movesTouches(input));
    await this.database.write(actor, (tx) => this.apply(tx, input, count));
    return { count, edited: true };
  }

  private async apply(tx: Tx, input: Edit, count: number): Promise<void> {
    const { actor } = tx;
    const found = await tx.run<Editable>(findEditable(actor, { ...input, first: count + 1 }, this.clock));
    const there = input.first === undefined ? found.length : Math.min(found.length, count);
    if (there !== count) refuseOthers(count, there);
    const editable = found.slice(0, count);
    refuseFull(editable);
    if (movesTouches(input)) return this.applyEach(tx, input, editable);
    for (const ids of inParts(editable.map(({ id }) => id)))
      await tx.run(editAll(actor, { ...input, ids }, this.projection, this.clock));
  }

  /** As if each had been changed by itself: with its next touch, its reminders and one event. */
  private async applyEach(tx: Tx, input: BulkEditContactsInput, editable: readonly Editable[]): Promise<void> {
    const fields = givenFields(input);
    for (const { id, tags } of editable)
      await this.contacts.updateIn(tx, id, editsTags(input) ? { ...fields, tags } : fields);
  }
}

function movesTouches(input: BulkEditContactsInput): boolean {
  return RHYTHM.some((name) => input[name] !== undefined);
}

function refuseEmpty(input: BulkEditContactsInput): void {
  const { addTags = [], removeTags = [], filter, savedFilter } = input;
  if (filter === undefined && savedFilter === undefined)
    throw Problem.field(
      '/filter',
      'atLeastOne',
      'Say which contacts: give filter, {} for all, or savedFilter, or both.',
    );
  const both = addTags.find((tag) => removeTags.includes(tag));
  if (both !== undefined)
    throw Problem.field('/removeTags', 'contradicts', `${both} cannot be added and taken away: leave one of both out.`);
  if (editsTags(input) || Object.keys(givenFields(input)).length > 0) return;
  const allowed = ['addTags', 'removeTags', ...EDITED].join(', ');
  throw Problem.field('', 'atLeastOne', `Say what to change: at least one of ${allowed}.`);
}

function refuseOthers(expected: number, count: number): never {
  const detail = `${count} contacts would change now, not ${expected}: look again which, and send that count.`;
  throw new Problem('conflict', detail, [{ pointer: '/expectCount', code: 'otherCount', detail }]);
}

function refuseMany(count: number, moves: boolean): void {
  const most = moves ? MOST_MOVED : MOST_EDITED;
  if (count <= most) return;
  const why = moves ? ` with ${RHYTHM.join(', ')}, which move reminders` : '';
  const detail = `${count} contacts would change, and at most ${most} do at once${why}: give first, and repeat it.`;
  throw Problem.field('/first', 'tooMany', detail);
}

function refuseFull(editable: readonly Editable[]): void {
  const full = editable.filter(({ tags }) => tags.length > MOST_TAGS).map(({ id }) => id);
  if (full.length === 0) return;
  const named = full.slice(0, NAMED).join(', ');
  const detail = `${full.length} contacts would carry more than ${MOST_TAGS} tags, such as ${named}: take some of theirs away first.`;
  throw Problem.field('/addTags', 'tooMany', detail);
}
