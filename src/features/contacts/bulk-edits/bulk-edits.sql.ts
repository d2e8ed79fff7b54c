import type { Actor } from '../../../platform/actor/actor.js';
import type { Clock } from '../../../platform/clock/clock.js';
import { columnOf } from '../../../platform/contract/tables.js';
import { readScopeOf } from '../../../platform/contract/resources.js';
import { runOf } from '../../../platform/database/apply-change.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import type { Statement } from '../../../platform/database/tx.js';
import { filterSql } from '../../../platform/projection/filter.js';
import type { Projection } from '../../../platform/projection/projection.js';
import type { KeptRows } from '../../../platform/projection/saved-query.js';
import { searchSql } from '../../../platform/projection/search.js';
import { SqlText } from '../../../platform/projection/sql-text.js';
import { Contact } from '../contact.entity.js';
import { editedSql } from '../edited.sql.js';
import { EDITED } from './bulk-edit.shapes.js';
import type { BulkEditContactsInput } from './bulk-edit.shapes.js';

/** An edit with what its saved filter asks for. */
export interface Edit extends BulkEditContactsInput {
  readonly saved?: KeptRows;
}

/** A contact that would change, and the tags that it would carry. */
export interface Editable {
  readonly id: string;
  readonly tags: string[];
}

/** What an edit sets, besides tags: those of its fields that were given. */
export function givenFields(input: BulkEditContactsInput): Partial<Pick<Contact, (typeof EDITED)[number]>> {
  return Object.fromEntries(EDITED.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])));
}

export function editsTags({ addTags = [], removeTags = [] }: BulkEditContactsInput): boolean {
  return addTags.length + removeTags.length > 0;
}

/** How many contacts an edit would change. */
export function countEditable(actor: Actor, input: Edit, clock: Clock): Statement {
  const sql = new SqlText();
  const limit = sql.value('first', 'int');
  const text = `select count(*)::int as count from (select from contacts c where ${editable(sql, input)} limit ${limit}) x`;
  return { text, values: bound(sql, actor, input, clock) };
}

/** Those contacts, in the order of their ids; locked. */
export function findEditable(actor: Actor, input: Edit, clock: Clock): Statement {
  const sql = new SqlText();
  const limit = sql.value('first', 'int');
  const text = `select c.id, ${tagsSql(sql)} as tags from contacts c where ${editable(sql, input)} order by c.id limit ${limit} for update`;
  return { text, values: bound(sql, actor, input, clock) };
}

/** Sets the same on many contacts, with an event for each. */
export function editAll(
  actor: Actor,
  { ids, ...input }: BulkEditContactsInput & { readonly ids: readonly string[] },
  projection: Projection,
  clock: Clock,
): Statement {
  const statement = new SystemStatement<Record<string, unknown>>((sql) => {
    const sets = Object.keys(givenFields(input)).map(
      (name) => `${columnOf(Contact, name).name} = ${valueSql(sql, name)}`,
    );
    const parts = editedSql(sql, projection, [...(editsTags(input) ? [`tags = ${tagsSql(sql)}`] : []), ...sets]);
    return { parts, answer: 'select count(*)::int as told from event' };
  });
  return statement.bind({ ...valuesOf(input), ids }, clock, actor.accountId);
}

/** The contacts `c` that the filter finds and the edit would change. Their number tells what contacts hold. */
function editable(sql: SqlText, input: Edit): string {
  sql.needs(readScopeOf(Contact));
  const changes = Object.keys(givenFields(input)).map(
    (name) => `c.${columnOf(Contact, name).name} is distinct from ${valueSql(sql, name)}`,
  );
  const [added, removed] = tagLists(sql);
  return [
    `c.account_id = ${sql.account()}`,
    'c.deleted_at is null',
    ...(input.filter ? [filterSql(sql, Contact, 'c', input.filter, '/filter')] : []),
    ...(input.saved ? savedSql(sql, input.saved) : []),
    `(${[...changes, `not c.tags @> ${added}`, `c.tags && ${removed}`].join(' or ')})`,
  ].join(' and ');
}

/** It was judged when it was found. */
function savedSql(sql: SqlText, { filter, q }: KeptRows): string[] {
  return [filterSql(sql, Contact, 'c', filter), ...(q === null ? [] : [searchSql(sql, Contact, 'c', q)])];
}

/** The tags that stay, in their order, and those that are added. */
function tagsSql(sql: SqlText): string {
  const [added, removed] = tagLists(sql);
  return `array(select x.name from (select u.name, min(u.n) as n from (
      select t.name, t.n from unnest(c.tags) with ordinality t(name, n) where t.name <> all(${removed})
      union all select t.name, cardinality(c.tags) + t.n from unnest(${added}) with ordinality t(name, n)) u group by 1) x order by x.n)`;
}

function tagLists(sql: SqlText): [added: string, removed: string] {
  return [sql.value('added', 'text[]'), sql.value('removed', 'text[]')];
}

function valueSql(sql: SqlText, name: string): string {
  return sql.value(name, columnOf(Contact, name).type);
}

function bound(sql: SqlText, actor: Actor, input: BulkEditContactsInput, clock: Clock): unknown[] {
  return sql.parameters(runOf(actor, clock, valuesOf(input)));
}

function valuesOf(input: BulkEditContactsInput): Record<string, unknown> {
  const { addTags = [], removeTags = [], first = null } = input;
  return { ...givenFields(input), added: addTags, removed: removeTags, first };
}
