import type { Type } from '@nestjs/common';
import type { Pool } from 'pg';
import { recipesOf } from '../../src/platform/contract/recipes.js';
import type { Recipe } from '../../src/platform/contract/recipes.js';
import { storedTypes, tableOf } from '../../src/platform/contract/tables.js';

/** A column as the server describes it, and the table that it refers to if it is a link. */
interface Column {
  readonly name: string;
  readonly type: string;
  /** Whether a row must have a value for it. */
  readonly needed: boolean;
  readonly target: string | null;
}

const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, null) as type,
    a.attnotnull and not a.atthasdef and a.attidentity = '' as needed,
    (select f.confrelid::regclass::text from pg_constraint f
      where f.conrelid = a.attrelid and f.contype = 'f' and f.conkey[2] = a.attnum) as target
  from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`;

/** Values that a check or an index of a table ties to other columns or rows, computed from the row as it would be otherwise. */
const TIED: Readonly<Record<string, string>> = {
  'transfers.state': `case when made.state = 'failed' then 'failed' else 'applied' end`,
  'tags.name': 'left(made.name, 13) || made.id',
  'saved_filters.name': 'left(made.name, 13) || made.id',
  'check_backs.state': `case when made.state in ('open', 'early') then 'kept' else made.state end`,
  'employments.mine': 'made.contact_id is null',
  'deliveries.next_attempt_at': `case when made.state = 'pending' then made.next_attempt_at end`,
};

/** Columns that say which row it is and whose. */
const OWN = ['account_id', 'id'];

/** So many different words that a search finds few rows. */
const DIFFERENT_WORDS = 5_000;
const DAYS = 3_650;
const MOST_NUMBERS = 1_000_000;
/** At a time: readers of the log wait for every transaction of the server, also for those of another test's database. */
const AT_ONCE = 25_000;

/**
 * Rows of every resource, made from its recipes and from the server's description of its table, so a new resource has
 * rows without further code. Links refer to existing rows of the account; parents come first.
 */
export class Rows {
  /** The databases where rows were made up, whose dates and links belong together no more than their columns say. */
  private static readonly places = new Set<string>();

  constructor(
    private readonly pool: Pool,
    private readonly accountId: string,
    /** The word in texts whose content is free. The number of the row makes them differ. */
    private readonly word: string | null = null,
  ) {
    Rows.places.add(addressOf(pool));
  }

  static wereMadeIn(pool: Pool): boolean {
    return Rows.places.has(addressOf(pool));
  }

  /** All stored types, those that others refer to first. */
  async inOrder(): Promise<Type[]> {
    const tables = new Map(storedTypes().map((type) => [tableOf(type).name, type]));
    const placed = new Set<Type>();
    const place = async (type: Type): Promise<void> => {
      if (placed.has(type)) return;
      for (const { target } of await this.columnsOf(type)) {
        const parent = target === null ? undefined : tables.get(target);
        if (parent && parent !== type) await place(parent);
      }
      placed.add(type);
    };
    for (const type of tables.values()) await place(type);
    return [...placed];
  }

  /** Makes this many rows of a type. */
  async make(type: Type, count: number): Promise<void> {
    const { name } = tableOf(type);
    const columns = (await this.columnsOf(type)).filter(
      (column) => column.needed || isAskedFor(recipeOf(type, column)),
    );
    const links = columns.filter(({ target, name }) => target !== null && !OWN.includes(name));
    const parents = links.map(
      ({ target }, link) =>
        `k${link} as materialized (select array_agg(id order by id) as ids from ${target} where account_id = $1)`,
    );
    const names = columns.map((column) => column.name);
    const values = columns.map((column) => {
      const link = links.indexOf(column);
      const value = link < 0 ? this.valueOf(column, recipeOf(type, column)) : parentSql(link);
      return `${value} as ${column.name}`;
    });
    const text = `${parents.length > 0 ? `with ${parents.join(', ')} ` : ''}insert into ${name} (${names.join(', ')})
      select ${names.map((column) => TIED[`${name}.${column}`] ?? column).join(', ')}
      from (select ${values.join(', ')} from generate_series($3::int, $4::int) n where $2::int > 0) made`;
    for (let first = 1; first <= count; first += AT_ONCE) {
      const last = Math.min(count, first + AT_ONCE - 1);
      await this.pool.query(text, [this.accountId, count, first, last]);
    }
  }

  /** The ids of the account's rows of a type, in order. */
  async idsOf(type: Type): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      `select id from ${tableOf(type).name} where account_id = $1 order by id`,
      [this.accountId],
    );
    return rows.map(({ id }) => id);
  }

  private async columnsOf(type: Type): Promise<Column[]> {
    return (await this.pool.query<Column>(COLUMNS, [tableOf(type).name])).rows;
  }

  private valueOf({ name, type }: Column, recipe: Recipe | undefined): string {
    if (name === 'account_id') return '$1::uuid';
    if (name === 'id') return 'new_id()';
    if (!recipe) return bare(type);
    const value = this.plain({ name, type: type.replace(/\[\]$/, '') }, recipe);
    if (!recipe.list) return value;
    return type.endsWith('[]') ? `array[${value}]::${type}` : `'[]'::${type}`;
  }

  private plain({ name, type }: Pick<Column, 'name' | 'type'>, recipe: Recipe): string {
    const { min = 0, max = 100, choice, check, pattern } = recipe;
    if (choice) return `(array[${choice.values.map(quoted).join(', ')}])[1 + n % ${choice.values.length}]`;
    if (type === 'text' && !check && !pattern) return this.text(name, max);
    if (type === 'text') return recipe.filter ? `n || ${quoted(sampleOf(recipe))}` : quoted(sampleOf(recipe));
    const values: Readonly<Record<string, string>> = {
      'timestamp with time zone': `now() + (n - $2::int / 2) * interval '1 minute'`,
      date: `date '2026-01-01' + n % ${DAYS}`,
      integer: `${min} + n % ${Math.min(max - min, MOST_NUMBERS) + 1}`,
      boolean: 'n % 2 = 0',
      uuid: 'new_id()',
      jsonb: "'{}'::jsonb",
    };
    return values[type] ?? `'{}'`;
  }

  private text(name: string, max: number): string {
    return `left(md5((n % ${DIFFERENT_WORDS})::text) || ' ' || ${quoted(this.word ?? name)}, ${max})`;
  }
}

/** The parent of the row with the number `n`: each in turn. */
function parentSql(link: number): string {
  return `(select ids from k${link})[1 + n % (select cardinality(ids) from k${link})]`;
}

/** Whether a list can be filtered or sorted by it, or searched. Other columns may stay empty. */
function isAskedFor(recipe: Recipe | undefined): boolean {
  return recipe !== undefined && (recipe.filter || recipe.sort || recipe.search === true);
}

/** Values for columns that the server requires but no recipe describes: no caller sees them. */
function bare(type: string): string {
  const values: Readonly<Record<string, string>> = {
    bytea: `sha256(n::text::bytea)`,
    uuid: 'new_id()',
    text: `'x' || n`,
    boolean: 'false',
    'timestamp with time zone': 'now()',
    date: 'current_date',
  };
  const value = values[type];
  if (value) return value;
  if (type.startsWith('json')) return `'[]'`;
  return type.endsWith('[]') ? `'{}'` : '1';
}

function sampleOf({ example, list }: Recipe): string {
  return String((list && Array.isArray(example) ? (example as unknown[])[0] : example) ?? 'x');
}

function recipeOf(type: Type, { name }: Column): Recipe | undefined {
  const property = [...tableOf(type).columns].find(([, column]) => column.name === name)?.[0];
  return property === undefined ? undefined : recipesOf(type).get(property);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The database, which two programs of one test share. */
function addressOf(pool: Pool): string {
  return String(pool.options.connectionString);
}
