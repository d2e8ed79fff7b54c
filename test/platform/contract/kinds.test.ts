import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { readdirSync } from 'node:fs';
import * as fields from '../../../src/platform/contract/fields.js';
import { inputExample } from '../../../src/platform/contract/examples.js';
import { id } from '../../../src/platform/contract/kinds/id.js';
import { instant } from '../../../src/platform/contract/kinds/instant.js';
import { text } from '../../../src/platform/contract/kinds/text.js';
import { recipesOf } from '../../../src/platform/contract/recipes.js';
import type { FieldKind } from '../../../src/platform/contract/recipes.js';
import { STRICT } from '../../../src/platform/contract/rules.js';
import { Input, Part } from '../../../src/platform/contract/shapes.js';
import { TestProgram } from '../../harness/program.js';

const FOLDER = 'src/platform/contract/kinds';
const description = 'Any.';

@Part('Something inside.')
class Inside {
  @fields.Flag({ description }) flag!: boolean;
}

@Input('One field of each kind.')
class OneOfEach {
  @fields.Id({ description }) id!: string;
  @fields.Text({ max: 9, description }) text!: string;
  @fields.Label({ max: 9, description }) label!: string;
  @fields.Integer({ min: 3, max: 9, description }) integer!: number;
  @fields.Decimal({ min: 0, max: 9, description }) number!: number;
  @fields.Flag({ description }) flag!: boolean;
  @fields.Choice({ name: 'Fruit', values: ['fig', 'kiwi'], description }) choice!: string;
  @fields.Instant({ description }) instant!: Date;
  @fields.LocalDate({ description }) date!: string;
  @fields.Period({ description }) period!: string;
  @fields.Json({ description }) json!: object;
  @fields.Nested(() => Inside, { description }) object!: Inside;
}

const kinds = [...recipesOf(OneOfEach)];
const comparable = kinds.filter(([, { kind }]) => Object.keys(kind.operators).length > 0);

it('a kind of field is whole, or does not compile', () => {
  const { example: _, ...half } = text;
  // @ts-expect-error A kind that has no example is none.
  const kind: FieldKind = half;
  expect(kind.example).toBeUndefined();
});

it('every kind stands in a file of its own, and some field decorator plays it', async () => {
  const files = readdirSync(FOLDER).filter((file) => file !== 'operand.ts');
  const played = new Map<string, FieldKind>(kinds.map(([name, recipe]) => [`${name}.ts`, recipe.kind]));
  expect([...played.keys()].sort()).toEqual(files.sort());
  for (const [file, kind] of played) {
    const name = file.replace('.ts', '');
    const module = (await import(`../../../src/platform/contract/kinds/${name}.js`)) as Record<string, unknown>;
    expect(module[name]).toBe(kind);
  }
});

it('what the contract shows as an example of a kind is accepted by it', () => {
  const sent = plainToInstance(OneOfEach, inputExample(OneOfEach));
  expect(validateSync(sent, STRICT)).toEqual([]);
});

describe('what a filter compares with', () => {
  it.each(comparable)('is read from a text, as addresses have it: %s', (_, recipe) => {
    const example = recipe.kind.example(recipe, () => ({}));
    const place = { recipe, operator: 'eq', pointer: 'filter/x/eq' };
    const fromText: unknown = recipe.kind.operand(String(example), place);
    expect(fromText instanceof Date ? fromText.toISOString() : fromText).toEqual(example);
  });

  it.each(kinds)('is refused when it is of no kind at all: %s', (_, recipe) => {
    const place = { recipe, operator: 'eq', pointer: 'filter/x/eq' };
    expect(() => recipe.kind.operand({ no: 'value' }, place)).toThrow(/^filter\/x\/eq (must|cannot) be/);
  });

  it('is an id in small letters, whoever spelt it', () => {
    const recipe = recipesOf(OneOfEach).get('id');
    if (!recipe) throw new Error('There is an id.');
    const upper = '01977F2E-6C00-7000-8000-0123456789AB';
    expect(id.operand(upper, { recipe, operator: 'eq', pointer: 'x' })).toBe(upper.toLowerCase());
  });
});

describe('in PostgreSQL', () => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());

  async function value(sql: string, given: unknown, type: string): Promise<unknown> {
    const { rows } = await program.pool.query<{ v: unknown }>(`select ${sql} as v from (select $1::${type} as x) t`, [
      given,
    ]);
    return rows[0]?.v;
  }

  it.each(comparable)('a cursor keeps a value without loss: %s', async (_, recipe) => {
    const { kind } = recipe;
    const given = kind === instant ? '2026-03-02T10:00:00.123456Z' : String(kind.example(recipe, () => ({})));
    const kept = await value(kind.cursorSql('x'), given, kind.sqlType);
    expect(typeof kept).toBe('string');
    expect(await value(`x = '${String(kept)}'::${kind.sqlType}`, given, kind.sqlType)).toBe(true);
  });

  it.each(comparable)('a value is shown as the example of its kind is: %s', async (_, recipe) => {
    const { kind } = recipe;
    const example = kind.example(recipe, () => ({}));
    expect(await value(`to_json(${kind.shownSql('x')})`, String(example), kind.sqlType)).toEqual(example);
  });
});
