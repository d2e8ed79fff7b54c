import type { Type } from '@nestjs/common';
import type { AccountCalendar } from '../../../src/platform/actor/actor.js';
import {
  filterableFields,
  operatorsOf,
  searchableFields,
  sortableFields,
} from '../../../src/platform/contract/filters.js';
import { conditionsOf } from '../../../src/platform/contract/conditions.js';
import { rankedLists } from '../../../src/platform/contract/ranked-lists.js';
import { recipeOf } from '../../../src/platform/contract/recipes.js';
import { relationsOf } from '../../../src/platform/contract/relations.js';
import type { Recipe } from '../../../src/platform/contract/recipes.js';
import { allResources } from '../../../src/platform/contract/resources.js';
import { columnOf, tableOf } from '../../../src/platform/contract/tables.js';
import { Projection } from '../../../src/platform/projection/projection.js';
import { RELEVANCE, namesSql, searchedSql } from '../../../src/platform/projection/search.js';
import type { PageView } from '../../../src/platform/projection/view.js';
import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { Contact } from '../../../src/features/contacts/contact.entity.js';
import { identitiesOf } from '../../../src/features/contacts/encounters/wrap-up/known-people.sql.js';
import { addressees } from '../../../src/features/contacts/imports/matching/messages.sql.js';
import { pairsOf } from '../../../src/features/contacts/duplicates/duplicates.sql.js';
import { TestProgram } from '../../harness/program.js';
import { ROWS, manyRows } from './many-rows.js';
import { flat, indexOn, isStored, planOf, wayOut } from './plan.js';
import type { Plan } from './plan.js';

/** What reads rows that are neither in the filter's range nor next in the order; never helped by an index. */
const SCANNING_OPERATORS = ['ne', 'isNull'];

/**
 * Every filter and every order that is offered, asked of the real planner over many rows of one account: an index
 * finds the rows, or both contracts say that every row is read.
 */
describe(`over ${ROWS} rows of one account`, () => {
  let program: TestProgram;
  let account: string;
  let settings: AccountCalendar;

  beforeAll(async () => {
    program = await TestProgram.start();
    account = await manyRows(program.database.url);
    settings = (await program.app.get(InstallationService).operatorOf(account)).calendar;
  }, 240_000);
  afterAll(async () => {
    // Rows made for the planner: no reminder among them was ever planned.
    await program.pool.query('truncate reminders cascade');
    await program.stop();
  });

  const explain = async (type: Type, page: Partial<PageView>): Promise<Plan[]> => {
    const view: PageView = {
      first: 50,
      after: null,
      filter: null,
      sort: [{ field: 'id', direction: 'desc' }],
      parts: [],
      ...page,
    };
    const nodes = { key: 'nodes', part: 'nodes', view: { fields: [{ key: 'id', name: 'id' }] } } as const;
    const { text, parameters } = program.app.get(Projection).page(type, { ...view, parts: [nodes] });
    const values = parameters({ account, settings, timeZone: 'UTC', now: null, values: {} });
    return planOf(program.pool, { text, values });
  };

  /** A value that few rows have: an early one for what is less, a late one for what is more. */
  const valueOf = async (type: Type, field: string, recipe: Recipe, operator: string): Promise<unknown> => {
    if (recipe.computed) return recipe.kind.example(recipe, () => ({}));
    const { name } = columnOf(type, field);
    const direction = ['gt', 'gte'].includes(operator) ? 'desc' : 'asc';
    return fewHave(tableOf(type).name, recipe.list ? `${name}[1]` : name, direction);
  };

  const found = new Map<string, Promise<unknown>>();
  const fewHave = (table: string, value: string, direction: string, at = 40): Promise<unknown> => {
    const text = `select ${value} as value from ${table} where ${value} is not null order by ${value} ${direction} offset ${at} limit 1`;
    const known = found.get(text) ?? program.pool.query<{ value: unknown }>(text).then(({ rows }) => rows[0]?.value);
    found.set(text, known);
    return known;
  };

  const offered = allResources().filter(
    ({ type }) => filterableFields(type).size > 0 && !['accounts', 'attempts'].includes(tableOf(type).name),
  );
  const filters = offered.flatMap(({ type, plural }) =>
    [...filterableFields(type)]
      .filter(([, recipe]) => isStored(recipe))
      .flatMap(([field, recipe]) =>
        Object.entries(operatorsOf(recipe))
          .filter(([operator]) => !SCANNING_OPERATORS.includes(operator))
          .map(([operator, operand]) => ({ list: plural, field, operator, operand, type, recipe })),
      ),
  );

  it.each(filters)('$list by $field $operator', async ({ type, field, recipe, operator, operand }) => {
    const found = await valueOf(type, field, recipe, operator);
    const value = found instanceof Date ? found.toISOString() : found;
    const words = operator === 'contains' ? String(value).slice(9, 20) : value;
    // An index may be of some words of a choice alone.
    const scans = [];
    for (const word of recipe.choice?.values ?? [words]) {
      const given = operand === 'many' ? [word] : operand === 'pair' ? [word, word] : word;
      const plan = await explain(type, { filter: { [field]: { [operator]: given } } });
      const column = recipe.computed ? null : columnOf(type, field).name;
      if (!plan.some((node) => column && (node['Index Cond'] ?? '').includes(column))) scans.push(word);
    }
    expect(wayOut(type, field, operator, scans, recipe)).toBeNull();
  });

  const conditions = offered.flatMap(({ type, plural }) =>
    [...conditionsOf(type)].flatMap(([name, recipe]) =>
      Object.entries(operatorsOf(recipe)).map(([operator, operand]) => ({
        ...{ list: plural, name, type, operator },
        given: async (): Promise<unknown> => {
          const value = await metBy(type, recipe);
          return operand === 'many' ? [value, await metBy(type, recipe, 41)] : value;
        },
      })),
    ),
  );

  /** Something that few rows meet. */
  const metBy = (type: Type, { key, condition }: Recipe, at?: number): Promise<unknown> => {
    if (typeof condition !== 'object') return Promise.resolve(key ? 'X 500' : true);
    const { table = '', target = '' } = relationsOf(type).get(condition.relation)?.through ?? {};
    return fewHave(table, target, 'asc', at);
  };

  it.each(conditions)('$list that meet $name $operator', async ({ type, name, operator, given }) => {
    const plan = await explain(type, { filter: { [name]: { [operator]: await given() } } });
    const scanned = plan.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
    expect(scanned).toEqual([]);
  });

  const sorts = offered.flatMap(({ type, plural }) =>
    sortableFields(type).flatMap((field) =>
      (['asc', 'desc'] as const).map((direction) => ({ list: plural, type, field, direction })),
    ),
  );

  const scanned = sorts.filter(({ type, field }) => recipeOf(type, field).sortScan);
  const indexed = sorts.filter((sort) => !scanned.includes(sort));

  it.each(scanned)(
    '$list sorted by $field $direction, as declared, in one scan',
    async ({ type, field, direction }) => {
      const plan = await explain(type, { sort: [{ field, direction }] });
      expect(plan.map((node) => node['Node Type'])).toContain('Sort');
      expect(plan.filter((node) => node['Relation Name'] === tableOf(type).name)).toHaveLength(1);
    },
  );

  it.each(rankedLists())('$path', async ({ type, path, sort }) => {
    const plan = await explain(type, { list: path, sort });
    const scans = plan.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
    expect(
      scans.map((table) => `The condition of the list reads every row of ${table ?? ''}: give it an index.`),
    ).toEqual([]);
  });

  it('contacts who may be one person', async () => {
    const { text, values } = pairsOf(account, null, 51);
    const plan = await planOf(program.pool, { text, values });
    // Nothing is dismissed here, and an empty table is read whole.
    const read = plan.filter((node) => node['Relation Name'] !== 'contact_dismissals');
    expect(read.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    expect(plan.map((node) => node['Index Name'])).toEqual(expect.arrayContaining(['contact_keys_pkey']));
    expect((await program.pool.query(text, [...values])).rows).toHaveLength(51);
  });

  it('contacts by addresses and profiles, of people who were met and of messages', async () => {
    const links = [
      { kind: 'github', value: 'github.com/ada' },
      { kind: 'linkedin', value: 'linkedin.com/in/ada' },
    ];
    const people = Array.from({ length: 100 }, (_, n) => ({
      name: 'Ada',
      emails: [`${n}`, `ada${n}@example.org`],
      links,
    }));
    const slugs = people.map((_, n) => `ada-${n}`);
    for (const statement of [identitiesOf(account, people as never), addressees(account, slugs)]) {
      const plan = await planOf(program.pool, statement);
      expect(plan.map((node) => node['Index Name'])).toEqual(
        expect.arrayContaining(['contact_keys_pkey', 'contacts_pkey']),
      );
      expect(
        plan.filter((node) => node['Node Type'] === 'Seq Scan' || node['Index Name']?.startsWith('contacts_by_')),
      ).toEqual([]);
    }
  });

  it.each(indexed)('$list sorted by $field $direction', async ({ type, field, direction }) => {
    const plan = await explain(type, { sort: [{ field, direction }] });
    const sorts = plan.some((node) => ['Seq Scan', 'Sort'].includes(node['Node Type']));
    expect(sorts ? `In its migration: ${indexOn(type, field)}; or declare no \`sort\`.` : null).toBeNull();
  });

  it.each(indexed)('$list sorted by $field $direction, read from the end', async ({ type, field, direction }) => {
    const plan = await explain(type, { sort: [{ field, direction }], backward: true });
    const [limit] = plan.filter((node) => node['Node Type'] === 'Limit');
    const below = limit ? flat(limit).map((node) => node['Node Type']) : ['no limit'];
    expect(below.filter((node) => ['Seq Scan', 'Sort', 'no limit'].includes(node))).toEqual([]);
  });

  const searches = offered.filter(({ type }) => searchableFields(type).length > 0);

  it.each(searches)('$plural by q', async ({ type }) => {
    const table = tableOf(type).name;
    const plan = await explain(type, { q: 'zebra crossing' });
    const helped = plan.some((node) => node['Index Name'] === `${table}_search`);
    const index = `create index ${table}_search on ${table} using gin (account_id, ${searchedSql(type, null)})`;
    expect(helped ? null : `In its migration: ${index}`).toBeNull();
  });

  it.each(['+49 40 123456', '040 123456'])('contacts by the telephone number %s', async (q) => {
    const sorts: PageView['sort'][] = [[{ field: RELEVANCE, direction: 'desc' }], [{ field: 'id', direction: 'desc' }]];
    for (const sort of sorts) {
      const plan = await explain(Contact, { q, sort });
      const indexes = new Set(plan.map((node) => node['Index Name']));
      const needed = ['contacts_search', 'contacts_by_phone_number', 'contacts_by_phone_key'];
      expect(needed.filter((index) => !indexes.has(index))).toEqual([]);
      expect(plan.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    }
  });

  const named = offered.filter(({ type }) => namesSql(type, null));

  it.each(named)('$plural by a misspelt q', async ({ type }) => {
    const table = tableOf(type).name;
    const plan = await explain(type, { q: 'zebra crossing', sort: [{ field: RELEVANCE, direction: 'desc' }] });
    const helped = plan.some((node) => node['Index Name'] === `${table}_likeness`);
    const index = `create index ${table}_likeness on ${table} using gin (account_id, ${namesSql(type, null)} gin_trgm_ops)`;
    expect(
      helped && !plan.some((node) => node['Node Type'] === 'Seq Scan') ? null : `In its migration: ${index}`,
    ).toBeNull();
  });
});
