import { Contact } from '../../../src/features/contacts/contact.entity.js';
import { Attempt } from '../../../src/features/webhooks/deliveries/attempt.entity.js';
import { getMetadataArgsStorage } from 'typeorm';
import { GraphQLObjectType, isInputObjectType, isObjectType } from 'graphql';
import { componentSchemas } from '../../../src/platform/contract/json-schema.js';
import { recipesOf } from '../../../src/platform/contract/recipes.js';
import { referencesTo } from '../../../src/platform/contract/references.js';
import { relationsOf } from '../../../src/platform/contract/relations.js';
import { allResources } from '../../../src/platform/contract/resources.js';
import { columnOf, tableOf } from '../../../src/platform/contract/tables.js';
import { entities } from '../../../src/app/data-source.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe('every resource', () => {
  it('shows in GraphQL and OpenAPI exactly the properties that carry a field decorator', () => {
    const schemas = componentSchemas() as Record<string, { properties: object }>;
    for (const { type } of allResources()) {
      const declared = [...recipesOf(type).keys()].sort();
      const all = [...declared, ...relationsOf(type).keys()].sort();
      const shown = program.schema.getType(type.name);
      if (!(shown instanceof GraphQLObjectType)) continue;
      expect(Object.keys(shown.getFields()).sort()).toEqual(all);
      expect(Object.keys(schemas[type.name]?.properties ?? {}).sort()).toEqual(all);
    }
  });

  it('keeps its account, its secrets and its deletion to itself', () => {
    for (const { type } of allResources()) {
      const shown = [...recipesOf(type).keys()].filter((name) => /accountId|hash|deletedAt|sealed/i.test(name));
      expect([type.name, shown]).toEqual([type.name, []]);
      if (!type.name.endsWith('WithSecret'))
        expect([type.name, recipesOf(type).has('secret')]).toEqual([type.name, false]);
    }
  });

  it('is stored under its account: every primary key begins with it', () => {
    for (const entity of entities) {
      const keys = getMetadataArgsStorage().columns.filter(({ target, options }) => {
        return (
          options.primary && typeof target === 'function' && (target === entity || entity.prototype instanceof target)
        );
      });
      expect([tableOf(entity).name, keys.map(({ propertyName }) => propertyName)]).toEqual([
        tableOf(entity).name,
        // Attempts are found through their delivery alone.
        entity === Attempt ? ['accountId', 'deliveryId', 'number'] : ['accountId', 'id'],
      ]);
    }
  });

  it('declares each property once: no two decorators of one name along its classes', () => {
    for (const { type } of allResources()) {
      const own = Object.getOwnPropertyNames(type.prototype);
      expect([...recipesOf(type).keys()].filter((name) => own.includes(name))).toEqual([]);
    }
  });
});

describe('both contracts', () => {
  it('describe every type and every field', () => {
    const silent = Object.values(program.schema.getTypeMap())
      .filter((type) => !type.name.startsWith('__') && (isObjectType(type) || isInputObjectType(type)))
      .flatMap((type) =>
        Object.values((type as GraphQLObjectType).getFields()).map(
          (field) => [type.name, field.name, field.description] as const,
        ),
      )
      .filter(([, , description]) => !description)
      .map(([type, field]) => `${type}.${field}`);
    expect(silent).toEqual([]);
  });

  it('reach every resource: by its own fields, or as a relation of another', () => {
    const related = new Set(
      allResources().flatMap(({ type }) => [...relationsOf(type).values()].map((relation) => relation.to())),
    );
    const query = program.schema.getQueryType()?.getFields() ?? {};
    const missing = allResources()
      .filter(({ type }) => program.schema.getType(type.name))
      .filter(({ type, noun, plural }) => !query[noun] && !query[plural] && !related.has(type));
    expect(missing.map(({ noun }) => noun)).toEqual([]);
  });
});

describe('what points at a contact', () => {
  /** A link of the database, or a column whose name says so; one that points at rows of several resources is no link. */
  const POINTING = `
    select c.conrelid::regclass || '.' || a.attname as name from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
      where c.contype = 'f' and c.confrelid = 'contacts'::regclass
    union select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
      and data_type in ('uuid', 'ARRAY') and column_name ~ '(^|_)(contact|person|subject|resource)_ids?$'`;

  /** The properties, inside JSON, of objects that name a contact. */
  const listed = allResources().flatMap(({ type }) =>
    [...recipesOf(type)].flatMap(([property, { shape, computed }]) => {
      const names = shape && !computed && tableOf(type).columns.has(property) ? [...recipesOf(shape()).keys()] : [];
      const column = names.some((name) => /contactIds?$/i.test(name)) && columnOf(type, property).name;
      return column ? [`${tableOf(type).name}.${column}`] : [];
    }),
  );

  it('is declared with how it moves when two contacts become one', async () => {
    const { rows } = await program.pool.query<{ name: string }>(POINTING);
    const pointing = [...rows.map(({ name }) => name), ...listed];
    expect(pointing).toEqual(
      expect.arrayContaining(['favours.contact_id', 'encounters.people', 'reminders.subject_id']),
    );
    const declared = referencesTo(Contact).map(({ name }) => name);
    const missing = pointing.filter((name) => !declared.includes(name));
    expect(missing.map((name) => `${name}: declareReference in the *.relations.ts of its feature`)).toEqual([]);
    expect(declared.filter((name) => !pointing.includes(name))).toEqual([]);
  });
});
