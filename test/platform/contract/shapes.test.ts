import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import {
  Choice,
  Decimal,
  Duration,
  Flag,
  Id,
  Instant,
  Integer,
  Json,
  LocalDate,
  Nested,
  Period,
  Text,
  TimeZone,
} from '../../../src/platform/contract/fields.js';
import { componentSchemas } from '../../../src/platform/contract/json-schema.js';
import { STRICT } from '../../../src/platform/contract/rules.js';
import { partial, pick, recipeOf, recipesOf } from '../../../src/platform/contract/recipes.js';
import { Input, Part } from '../../../src/platform/contract/shapes.js';

@Part('A wheel.')
class Wheel {
  @Integer({ min: 1, max: 99, description: 'Inches.' })
  size!: number;
}

class Vehicle {
  @Id({ description: 'Id.' }) id!: string;
  @Text({ max: 5, description: 'Name.' }) name!: string;
  @Text({ max: 5, nullable: true, description: 'Note.' }) note!: string | null;
  @Text({ max: 3, list: 2, defaulted: true, description: 'Tags.' }) tags!: string[];
  @Integer({ min: 0, max: 9, defaulted: true, description: 'Doors.' }) doors!: number;
  @Decimal({ min: 0, max: 1, nullable: true, description: 'Share.' }) share!: number | null;
  @Flag({ defaulted: true, description: 'Fast?' }) fast!: boolean;
  @Choice({ name: 'Fuel', values: ['sun', 'wind'], nullable: true, description: 'Fuel.' }) fuel!: string | null;
  @Instant({ nullable: true, description: 'Made at.' }) madeAt!: Date | null;
  @LocalDate({ nullable: true, description: 'Sold on.' }) soldOn!: string | null;
  @Period({ nullable: true, description: 'Every.' }) every!: string | null;
  @Duration({ nullable: true, description: 'Takes.' }) takes!: string | null;
  @TimeZone({ nullable: true, description: 'Zone.' }) zone!: string | null;
  @Json({ nullable: true, description: 'Extra.' }) extra!: Record<string, unknown> | null;
  @Nested(() => Wheel, { list: 4, nullable: true, description: 'Wheels.' }) wheels!: Wheel[] | null;
  @Nested(() => Wheel, { nullable: true, description: 'Spare.' }) spare!: Wheel | null;
}

@Input('A new vehicle.')
class CreateVehicle extends pick(Vehicle, [
  'name',
  'note',
  'tags',
  'doors',
  'share',
  'fast',
  'fuel',
  'madeAt',
  'soldOn',
  'every',
  'takes',
  'zone',
  'extra',
  'wheels',
  'spare',
]) {}

@Input('A change of a vehicle.')
class UpdateVehicle extends partial(CreateVehicle) {}

/** The names of the broken fields. */
function broken(type: new () => object, sent: Record<string, unknown>): string[] {
  return validateSync(plainToInstance(type, sent), STRICT)
    .map(({ property }) => property)
    .sort();
}

describe('a recipe, played as validation', () => {
  it.each([
    ['only what is needed', { name: 'a' }, []],
    ['nothing', {}, ['name']],
    [
      'null where it is not welcome',
      { name: null, tags: null, fast: null, doors: null },
      ['doors', 'fast', 'name', 'tags'],
    ],
    [
      'null where it is welcome',
      { name: 'a', note: null, fuel: null, wheels: null, spare: null, extra: null, madeAt: null },
      [],
    ],
    ['an empty text', { name: '' }, ['name']],
    ['a text too long', { name: 'abcdef' }, ['name']],
    ['a text with U+0000', { name: 'a\u0000' }, ['name']],
    ['a lone surrogate', { name: '\ud800' }, ['name']],
    ['a number for a text', { name: 7 }, ['name']],
    ['too many of a list', { name: 'a', tags: ['a', 'b', 'c'] }, ['tags']],
    ['a wrong one in a list', { name: 'a', tags: ['abcd'] }, ['tags']],
    ['a text for a list', { name: 'a', tags: 'a' }, ['tags']],
    ['a list for a text', { name: ['a'] }, ['name']],
    ['a fraction for an integer', { name: 'a', doors: 1.5 }, ['doors']],
    ['a text for an integer', { name: 'a', doors: '1' }, ['doors']],
    ['out of range', { name: 'a', doors: 10, share: -0.1 }, ['doors', 'share']],
    ['not a number', { name: 'a', share: Number.NaN }, ['share']],
    ['a text for a flag', { name: 'a', fast: 'true' }, ['fast']],
    ['an unknown choice', { name: 'a', fuel: 'coal' }, ['fuel']],
    ['no instant', { name: 'a', madeAt: '2026-02-30T00:00:00Z' }, ['madeAt']],
    ['an instant without an offset', { name: 'a', madeAt: '2026-02-03T00:00:00' }, ['madeAt']],
    ['a number for an instant', { name: 'a', madeAt: 0 }, ['madeAt']],
    ['no date', { name: 'a', soldOn: '2026-02-29' }, ['soldOn']],
    ['no period', { name: 'a', every: 'PT1H', takes: 'soon' }, ['every', 'takes']],
    ['no zone', { name: 'a', zone: '+02:00' }, ['zone']],
    ['a list for an object', { name: 'a', extra: [], spare: [] }, ['extra', 'spare']],
    ['an object for a list', { name: 'a', wheels: {} }, ['wheels']],
    ['a broken part', { name: 'a', wheels: [{ size: 0 }], spare: { size: 'x' } }, ['spare', 'wheels']],
    ['a part with more', { name: 'a', spare: { size: 3, colour: 'red' } }, ['spare']],
    ['a part of nothing', { name: 'a', wheels: [null], spare: {} }, ['spare', 'wheels']],
    ['something unknown', { name: 'a', id: 'x', accountId: 'y', __proto__x: 1 }, ['__proto__x', 'accountId', 'id']],
  ])('%s', (_, sent, fields) => {
    expect(broken(CreateVehicle, sent)).toEqual(fields);
  });

  it('in a change, absent is free and null only where it was welcome', () => {
    expect(broken(UpdateVehicle, {})).toEqual([]);
    expect(broken(UpdateVehicle, { note: null, fuel: null })).toEqual([]);
    expect(broken(UpdateVehicle, { name: null, doors: null })).toEqual(['doors', 'name']);
  });

  it('converts what it accepts: texts to NFC, instants to dates, parts to their class', () => {
    const sent = { name: 'e\u0301', madeAt: '2026-03-29T02:30:00+02:00', spare: { size: 3 } };
    const made = plainToInstance(CreateVehicle, sent);
    expect(made.name).toBe('\u00e9');
    expect(made.madeAt).toEqual(new Date('2026-03-29T00:30:00Z'));
    expect(made.spare).toBeInstanceOf(Wheel);
    expect('note' in made && made.note !== undefined).toBe(false);
  });

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...recipesOf(CreateVehicle).keys(), 'other'),
          fc.anything({ withNullPrototype: true }),
        ),
        (sent) => {
          expect(Array.isArray(broken(CreateVehicle, sent))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a recipe, as plain data', () => {
  it('is copied by pick and partial, never shared', () => {
    expect(recipeOf(Vehicle, 'name').optional).toBe(false);
    expect(recipeOf(CreateVehicle, 'name').optional).toBe(false);
    expect(recipeOf(UpdateVehicle, 'name').optional).toBe(true);
    expect(recipeOf(UpdateVehicle, 'name').nullable).toBe(false);
    expect(recipesOf(CreateVehicle).has('id')).toBe(false);
  });

  it('refuses to pick what nobody declared', () => {
    expect(() => pick(Vehicle, ['wings' as 'name'])).toThrow('Vehicle.wings has no field decorator.');
  });

  it('is played as JSON Schema', () => {
    const { CreateVehicle: created, UpdateVehicle: changed } = componentSchemas() as Record<
      string,
      Record<string, unknown>
    >;
    expect(created).toMatchObject({ type: 'object', required: ['name'], additionalProperties: false });
    expect(changed).not.toHaveProperty('required');
    expect(created?.properties).toMatchObject({
      name: { type: 'string', minLength: 1, maxLength: 5 },
      note: { type: ['string', 'null'] },
      tags: { type: 'array', maxItems: 2, items: { type: 'string', maxLength: 3 } },
      doors: { type: 'integer', minimum: 0, maximum: 9 },
      fuel: { type: ['string', 'null'], enum: ['sun', 'wind', null] },
      madeAt: { type: ['string', 'null'], format: 'date-time' },
      spare: { anyOf: [{ $ref: '#/components/schemas/Wheel' }, { type: 'null' }] },
    });
  });
});
